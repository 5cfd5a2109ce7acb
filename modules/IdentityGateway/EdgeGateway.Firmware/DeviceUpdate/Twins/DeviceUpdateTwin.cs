using System.Text.Json.Nodes;

namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>The <c>deviceUpdate</c> component of a whole twin, read without ever throwing.</summary>
public sealed record DeviceUpdateTwin
{
    /// <summary>The order; null where there is none, or where not even its id and action can be told.</summary>
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
