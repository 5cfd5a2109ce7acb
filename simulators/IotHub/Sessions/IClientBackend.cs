using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>What stands behind the sessions of clients: the hub itself, or an edge hub that speaks for them to the hub above.</summary>
internal interface IClientBackend
{
    /// <summary>Hosts that a client may name in its user name.</summary>
    IReadOnlyList<string> HostNames { get; }

    /// <summary>Whether a client may come here itself, with its own token.</summary>
    /// <returns>Null if so; else the reason against it.</returns>
    string? WhyNotHere(IdentityName client);

    /// <summary>A client was to be refused: looks whether more is known about it by now.</summary>
    /// <returns>True where it is worth a second look.</returns>
    ValueTask<bool> RefreshAsync(IdentityName client, CancellationToken cancellationToken);

    /// <summary>Reads the twin for its client. No change of the desired section is pushed between the reading and the end of <paramref name="use"/>.</summary>
    Task ReadTwinAsync(HubIdentity client, Action<JsonObject> use);

    /// <summary>Takes a patch of the reported section.</summary>
    /// <returns>The new version of the section; null where it is not known yet.</returns>
    /// <exception cref="HubRequestException">A limit is broken; nothing is changed.</exception>
    long? PatchReported(HubIdentity client, JsonObject patch);

    /// <summary>Takes a telemetry message.</summary>
    /// <exception cref="HubRequestException">There is no room for it.</exception>
    void Accept(TelemetryMessage message);
}
