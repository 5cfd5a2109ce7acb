namespace EdgeGateway.Serial.Links;

/// <summary>A line failed; <see cref="Failure"/> says how, the message names the port.</summary>
public sealed class LinkException(LinkFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public LinkFailure Failure { get; } = failure;
}
