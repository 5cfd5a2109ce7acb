namespace EdgeGateway.Content.Sources.Order;

/// <summary>A time for which a source is avoided.</summary>
/// <param name="Fault">What for.</param>
/// <param name="Failure">The same, as the download is told.</param>
/// <param name="Text">The same in plain words.</param>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it ends.</param>
internal sealed record SourceBan(SourceFault Fault, ContentFailure Failure, string Text, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>After this time a source that nothing is left beside is asked again, whatever it did.</summary>
    public static readonly TimeSpan LastResort = TimeSpan.FromSeconds(30);

    /// <summary>
    /// When the source may be asked where nothing else is left: at once if only the link was bad (the download paces itself), when it said so
    /// if it is busy, else after <see cref="LastResort"/>.
    /// </summary>
    public DateTimeOffset AloneFrom => Fault switch
    {
        SourceFault.Unreachable or SourceFault.TooSlow => Since,
        SourceFault.Busy => Until,
        _ => Earlier(Until, Since + LastResort),
    };

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
