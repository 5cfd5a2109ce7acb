namespace EdgeGateway.Module.Serving.Requests;

/// <summary>A part of content.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length, bytes.</param>
internal readonly record struct ByteSpan(long Offset, long Length)
{
    /// <summary>First byte behind it.</summary>
    public long End => Offset + Length;
}
