using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>How one microcontroller and its update stand, for people and dashboards. A value: each change is a new one.</summary>
public sealed record McuStatus
{
    public required McuId Id { get; init; }

    public UpdatePhase Phase { get; init; }

    /// <summary>Deployment at work, or the last one.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Version the deployment brings.</summary>
    public string? TargetVersion { get; init; }

    /// <summary>Bytes present (while downloading) or held by the microcontroller (from the offer on).</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of the image; 0 while unknown.</summary>
    public long Size { get; init; }

    /// <summary>Whole percent of <see cref="Bytes"/>, 0 to 100.</summary>
    public int Percent => Size > 0 ? (int)Math.Clamp(Bytes * 100 / Size, 0, 100) : 0;

    /// <summary>Smoothed bytes a second; null where nothing moves.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Estimate of the time left in this phase; null where nothing moves.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Number of the attempt, from 1; 0 before the first order.</summary>
    public int Attempt { get; init; }

    /// <summary>What last went wrong in this deployment.</summary>
    public FailureReason LastError { get; init; }

    /// <summary><see cref="LastError"/> in plain words; null where nothing went wrong.</summary>
    public string? LastErrorText { get; init; }

    /// <summary>When the next attempt begins; null where none is planned.</summary>
    public DateTimeOffset? NextRetryAt { get; init; }

    public McuLinkState Link { get; init; }

    /// <summary>Why it is offline.</summary>
    public FailureReason LinkReason { get; init; }

    /// <summary><see cref="LinkReason"/> in plain words; null where it is not offline.</summary>
    public string? LinkText { get; init; }

    /// <summary>What it said of itself when it was last identified; null where it never was.</summary>
    public McuFacts? Facts { get; init; }

    /// <summary>Version it runs; null while unknown.</summary>
    public string? RunningVersion => Facts?.RunningVersion;

    /// <summary>Offset at which the last transfer began: above zero where it resumed an earlier one.</summary>
    public long ResumedAt { get; init; }

    /// <summary>Cost of the last transfer that ran to its end; null where none did.</summary>
    public TransferSummary? Transfer { get; init; }
}

/// <summary>Whether a microcontroller can be reached.</summary>
public enum McuLinkState
{
    /// <summary>Not tried yet.</summary>
    Unknown,

    /// <summary>It answered when it was last asked.</summary>
    Online,

    /// <summary>Its line cannot be used or it does not answer.</summary>
    Offline,
}
