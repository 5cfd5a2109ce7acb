namespace EdgeGateway.Firmware.Content;

/// <summary>Content could not be made present; <see cref="Failure"/> says why.</summary>
public sealed class ContentException(ContentFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public ContentFailure Failure { get; } = failure;
}
