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

    public required DateTimeOffset At { get; init; }

    public int Attempt { get; init; }

    public FailureReason Reason { get; init; }

    public string? Text { get; init; }

    public ImageTarget? Target { get; init; }

    public long ResumedAt { get; init; }

    public TransferSummary? Transfer { get; init; }
}
