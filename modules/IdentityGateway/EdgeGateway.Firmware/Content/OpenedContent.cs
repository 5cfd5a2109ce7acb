namespace EdgeGateway.Firmware.Content;

/// <summary>Bytes from a source.</summary>
/// <param name="Stream">The bytes; disposed by the receiver.</param>
/// <param name="Offset">Offset of the first byte in the content.</param>
public sealed record OpenedContent(Stream Stream, long Offset);
