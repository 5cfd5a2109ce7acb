namespace EdgeGateway.Firmware.Workflow.Failures;

/// <summary>A step's failure: stable reason, plain words, and what follows from it.</summary>
internal sealed record Failure(FailureReason Reason, string Text, FailureKind Kind)
{
    private const int MaxText = 1024;

    /// <summary>At most 1024 characters: a string of a twin has 4096 bytes at most.</summary>
    public string Text { get; } = Text.Length <= MaxText ? Text : string.Concat(Text.AsSpan(0, MaxText - 3), "...");
}
