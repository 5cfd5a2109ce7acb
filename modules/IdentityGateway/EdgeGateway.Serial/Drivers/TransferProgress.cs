namespace EdgeGateway.Serial.Drivers;

/// <summary>How far a transfer is.</summary>
/// <param name="Acknowledged">Leading bytes of the image that the microcontroller holds.</param>
/// <param name="Size">Bytes of the image.</param>
public readonly record struct TransferProgress(long Acknowledged, long Size);
