using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>Serves the sessions of clients: the hub itself, or an edge hub that connects on their behalf to the hub above.</summary>
internal interface IClientBackend
{
    /// <summary>Gets the host names that a client may use in its user name.</summary>
    IReadOnlyList<string> HostNames { get; }

    /// <summary>Checks whether a client may connect here with its own token.</summary>
    /// <returns>Null if so; else the reason to refuse it.</returns>
    string? ReasonToRefuse(IdentityName client);

    /// <summary>Reads an identity again before its client is refused.</summary>
    /// <returns>True where the client should be checked once more.</returns>
    ValueTask<bool> RefreshAsync(IdentityName client, CancellationToken cancellationToken);

    /// <summary>Reads the twin for its client. No change of the desired section is pushed between the reading and the end of <paramref name="use"/>.</summary>
    Task ReadTwinAsync(HubIdentity client, Action<JsonObject> use);

    /// <summary>Applies a patch to the reported section.</summary>
    /// <returns>The new version of the section; null where it is not known yet.</returns>
    /// <exception cref="HubRequestException">A limit is exceeded; nothing is changed.</exception>
    long? PatchReported(HubIdentity client, JsonObject patch);

    /// <summary>Accepts a telemetry message.</summary>
    /// <exception cref="HubRequestException">The queue is full.</exception>
    void Accept(TelemetryMessage message);
}
