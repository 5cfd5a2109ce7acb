namespace EdgeGateway.Firmware.Workflow.Failures;

/// <summary>A step's failure: stable reason, plain words, and what follows from it.</summary>
internal sealed record Failure(FailureReason Reason, string Text, FailureKind Kind)
{
    private const int MaxText = 1024;

    /// <summary>At most 1024 characters: a string of a twin has 4096 bytes at most.</summary>
    public string Text { get; } = Text.Length <= MaxText ? Text : string.Concat(Text.AsSpan(0, MaxText - 3), "...");
}

/// <summary>What a failure means for the deployment.</summary>
internal enum FailureKind
{
    /// <summary>Another attempt may succeed; each costs one of the attempts allowed, unless it got further than any before.</summary>
    Attempt,

    /// <summary>No attempt will succeed.</summary>
    Permanent,

    /// <summary>One fresh attempt may succeed; the same again is permanent.</summary>
    Once,

    /// <summary>The line or the microcontroller is not there: not the deployment's fault, costs nothing.</summary>
    Absent,

    /// <summary>The microcontroller went back to its old image; limited on its own.</summary>
    RolledBack,
}
