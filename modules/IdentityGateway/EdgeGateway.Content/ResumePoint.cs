namespace EdgeGateway.Content;

/// <summary>Where a download goes on.</summary>
/// <param name="Offset">First byte wanted; 0 for the whole.</param>
/// <param name="Validator">What the source gave with the earlier bytes (<see cref="OpenedContent.Validator"/>); null if nothing.</param>
public sealed record ResumePoint(long Offset, string? Validator)
{
    /// <summary>The whole content.</summary>
    public static ResumePoint Start { get; } = new(0, null);
}
