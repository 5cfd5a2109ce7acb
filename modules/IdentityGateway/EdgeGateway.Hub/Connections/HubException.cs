namespace EdgeGateway.Hub.Connections;

/// <summary>The hub did not do what was asked; <see cref="Failure"/> says what kind of reason it was.</summary>
public sealed class HubException(HubFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public HubFailure Failure { get; } = failure;
}
