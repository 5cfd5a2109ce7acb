namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>The hub closed an accepted connection in order, without saying why.</summary>
internal sealed class ClosedByHubException() : Exception("The hub closed the connection.");
