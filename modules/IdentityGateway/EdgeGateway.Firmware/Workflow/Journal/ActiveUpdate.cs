using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>An update under way, as the journal keeps it: enough to go on without the cloud.</summary>
public sealed record ActiveUpdate
{
    public required DesiredService Service { get; init; }

    /// <summary>The step that was about to act when this was written.</summary>
    public required UpdatePhase Phase { get; init; }

    /// <summary>When it began; null where an earlier version of the gateway began it.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Version that ran when it began; null where it was not known.</summary>
    public string? FromVersion { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Times the microcontroller went back to its old image.</summary>
    public int RollBacks { get; init; }

    /// <summary>The image; null until the manifest was accepted.</summary>
    public ImageTarget? Target { get; init; }

    /// <summary>
    /// Resets of the microcontroller just before activation: the same count later means that it did not restart. Null where unknown.
    /// </summary>
    public long? BootCount { get; init; }

    public FailureReason LastError { get; init; }

    public string? LastErrorText { get; init; }

    /// <summary>Offset at which the last transfer began.</summary>
    public long ResumedAt { get; init; }

    /// <summary>Cost of the last transfer that ran to its end.</summary>
    public TransferSummary? Transfer { get; init; }
}
