using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>
/// An update that has ended: kept so that its order is known as a duplicate when it comes again, and can be reported again if that got
/// lost.
/// </summary>
public sealed record FinishedUpdate
{
    public required WorkflowOrder Order { get; init; }

    /// <summary><see cref="UpdatePhase.Succeeded"/>, <see cref="UpdatePhase.Failed"/> or <see cref="UpdatePhase.Cancelled"/>.</summary>
    public required UpdatePhase Outcome { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it began; null where an earlier version of the gateway began it.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Version that ran when it began; null where it was not known.</summary>
    public string? FromVersion { get; init; }

    public int Attempt { get; init; }

    public FailureReason Reason { get; init; }

    public string? Text { get; init; }

    public ImageTarget? Target { get; init; }

    public long ResumedAt { get; init; }

    public TransferSummary? Transfer { get; init; }

    /// <summary>True where a newer order took its place: the service asked for that and is not told.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>The whole order, so that it can be run again without the hub; kept of the last update only, unless that succeeded.</summary>
    public DesiredService? Service { get; init; }
}
