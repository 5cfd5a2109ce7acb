using System.Text.Json.Nodes;

namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>The <c>deviceUpdate</c> component of a whole twin, read without ever throwing.</summary>
public sealed record DeviceUpdateTwin
{
    /// <summary>Gets the deployment; null where there is none, or where not even its id and action can be read.</summary>
    public DesiredService? Service { get; init; }

    /// <summary>
    /// Why <see cref="Service"/> is null although something is there. Mistakes beyond that are in <see cref="DesiredService.Errors"/>.
    /// </summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The <c>$version</c> of the desired section; null where the hub knows none.</summary>
    public long? Version { get; init; }

    /// <summary>What the hub last heard from us; null where it heard nothing.</summary>
    public ReportedAgent? Reported { get; init; }

    /// <summary>Reads both sections of a twin.</summary>
    /// <param name="desired">The whole desired section, never a patch of it.</param>
    /// <param name="version">Its <c>$version</c>.</param>
    /// <param name="reported">The whole reported section; null where unknown.</param>
    public static DeviceUpdateTwin Read(JsonObject desired, long? version, JsonObject? reported) =>
        TwinReader.Read(desired, version, reported);
}

/// <summary>The desired <c>deviceUpdate.service</c> of a twin: one order with all it needs.</summary>
public sealed record DesiredService
{
    public required WorkflowOrder Workflow { get; init; }

    /// <summary>The update manifest exactly as received: its bytes are what is signed.</summary>
    public string? UpdateManifest { get; init; }

    /// <summary>The signature over <see cref="UpdateManifest"/>, a compact JWS.</summary>
    public string? UpdateManifestSignature { get; init; }

    /// <summary>Where each file of the manifest can be downloaded, by file id. Not signed.</summary>
    public IReadOnlyDictionary<string, string> FileUrls { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the package of root keys can be downloaded.</summary>
    public string? RootKeyPackageUrl { get; init; }

    /// <summary>Mistakes outside <see cref="Workflow"/>: the order is known, but cannot be carried out.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>
/// What the hub last heard from us in <c>deviceUpdate.agent</c>: tells whether a final report got lost with a killed gateway.
/// </summary>
/// <param name="State">The <c>state</c>; null where there is none.</param>
/// <param name="WorkflowId">Deployment it belongs to.</param>
/// <param name="RetryTimestamp">Retry token it belongs to.</param>
/// <param name="InstalledUpdateId">The JSON text of the installed update.</param>
public sealed record ReportedAgent(int? State, string? WorkflowId, string? RetryTimestamp, string? InstalledUpdateId);

/// <summary>What the service wants. The values are those of the twin.</summary>
public enum WorkflowAction
{
    /// <summary>Make it so.</summary>
    ProcessDeployment = 3,

    /// <summary>Stop what is under way, if anything.</summary>
    Cancel = 255,
}

/// <summary>The <c>workflow</c> object of the twin: names one order of the service.</summary>
/// <param name="Action">What is wanted.</param>
/// <param name="Id">Opaque id of the deployment; <c>nodeployment</c> occurs too.</param>
/// <param name="RetryTimestamp">Opaque token; a new one beside the same id orders the deployment again. Null until the first retry.</param>
public sealed record WorkflowOrder(WorkflowAction Action, string Id, string? RetryTimestamp);
