namespace EdgeGateway.Hub.Connections;

/// <summary>A change of a connection.</summary>
/// <param name="State">Where it stands now.</param>
/// <param name="Failure">
/// Why the last attempt or connection ended; with <see cref="ConnectionState.Connected"/>, why reported properties were dropped; else null.
/// </param>
/// <param name="Detail">The same in plain words; null if there is nothing to say.</param>
public sealed record ConnectionStatus(ConnectionState State, HubFailure? Failure = null, string? Detail = null);
