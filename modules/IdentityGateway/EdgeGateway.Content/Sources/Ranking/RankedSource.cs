namespace EdgeGateway.Content.Sources.Ranking;

/// <summary>Keeps the bans of one source among several. docs/content-sources.md has the table of bans.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RankedSource(IContentSource source, TimeProvider time)
{
    /// <summary>Longest ban of a source that cannot be reached: a link that returns is used soon.</summary>
    public static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(30);

    /// <summary>Number of wrong contents after which the source is banned for all content.</summary>
    public const int WrongContents = 3;

    private const int MaxContents = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, SourceBan> _contents = [];
    private SourceBan? _ban;
    private (SourceRefusal Why, string Text)? _refusal;
    private int _failures;

    public IContentSource Source => source;

    /// <summary>Gets why the source refused when it was last asked; null if it did not.</summary>
    public (SourceRefusal Why, string Text)? Refusal
    {
        get
        {
            lock (_lock)
            {
                return _refusal;
            }
        }
    }

    /// <summary>Finds the ban in force, of the source or of one content.</summary>
    public SourceBan? BanFor(Sha256Digest? content)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            return _ban is { } ban && ban.Until > now ? ban
                : content is { } digest && _contents.TryGetValue(digest, out var own) && own.Until > now ? own
                : null;
        }
    }

    /// <summary>Notes that the source answered as it should.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _refusal = null;
        }
    }

    /// <summary>Notes that bytes arrive: earlier failures of the link are forgotten.</summary>
    public void Proved()
    {
        lock (_lock)
        {
            (_failures, _refusal) = (0, null);
            if (_ban?.Fault is SourceFault.Unreachable)
            {
                _ban = null;
            }
        }
    }

    /// <summary>Notes a fault.</summary>
    /// <param name="content">The requested content; null where only an address is known.</param>
    /// <param name="banTime">Length of bans for faults that do not pass by themselves.</param>
    /// <returns>The ban; null where the source is not at fault.</returns>
    public SourceBan? Blame(Sha256Digest? content, ContentException error, TimeSpan banTime)
    {
        lock (_lock)
        {
            if (error.Refusal != SourceRefusal.None)
            {
                _refusal = (error.Refusal, error.Message);
                return _ban = Ban(SourceFault.Refused, error, banTime);
            }

            return error.Failure switch
            {
                ContentFailure.Unreachable when error.RetryAfter is { } wait =>
                    _ban = Ban(SourceFault.Busy, error, TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, banTime.Ticks))),
                ContentFailure.Unreachable => _ban = Ban(SourceFault.Unreachable, error, Growing()),
                ContentFailure.TooSlow => _ban = Ban(SourceFault.TooSlow, error, banTime),
                ContentFailure.WrongDigest or ContentFailure.WrongSize when content is { } digest => BanContent(digest, error, banTime),
                _ => null,
            };
        }
    }

    private SourceBan Ban(SourceFault fault, ContentException error, TimeSpan length)
    {
        var now = time.GetUtcNow();
        return new SourceBan(fault, error.Failure, error.Message, now, now + length);
    }

    /// <summary>Computes 1 s, doubled at each failure in a row. Failures within one second, such as those of several downloads, count as one.</summary>
    private TimeSpan Growing()
    {
        if (_failures == 0 || _ban is not { Fault: SourceFault.Unreachable } last || time.GetUtcNow() - last.Since >= TimeSpan.FromSeconds(1))
        {
            _failures++;
        }

        return Backoff.Bound(_failures, TimeSpan.FromSeconds(1), LongestAway);
    }

    private SourceBan BanContent(Sha256Digest content, ContentException error, TimeSpan banTime)
    {
        var ban = Ban(SourceFault.WrongContent, error, banTime);
        foreach (var (digest, old) in _contents)
        {
            if (old.Until <= ban.Since)
            {
                _contents.Remove(digest);
            }
        }

        if (_contents.Count < MaxContents)
        {
            _contents[content] = ban;
        }

        // A wrong size may be an error of the update; wrong bytes are always an error of the source or its disk.
        if (_contents.Values.Count(b => b.Failure == ContentFailure.WrongDigest) >= WrongContents)
        {
            _ban = ban;
        }

        return ban;
    }
}

/// <summary>A period in which a source is not asked.</summary>
/// <param name="Failure">The failure that the download reports.</param>
/// <param name="Text">The reason in words.</param>
/// <param name="Since">Start of the ban.</param>
/// <param name="Until">End of the ban.</param>
internal sealed record SourceBan(SourceFault Fault, ContentFailure Failure, string Text, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Time after which the only remaining source is asked again in spite of a ban.</summary>
    public static readonly TimeSpan LastResort = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets when the source may be asked if no other source is left: at once if only the link failed (the download itself waits between retries),
    /// at the end of the ban if the source is busy, else after <see cref="LastResort"/>.
    /// </summary>
    public DateTimeOffset AloneFrom => Fault switch
    {
        SourceFault.Unreachable or SourceFault.TooSlow => Since,
        SourceFault.Busy => Until,
        _ => Earlier(Until, Since + LastResort),
    };

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>Names why a source is banned.</summary>
public enum SourceFault
{
    /// <summary>No connection, no response, a server error, or silence in the middle of content.</summary>
    Unreachable,

    /// <summary>The source asked to wait (503 or 429 with Retry-After).</summary>
    Busy,

    /// <summary>The source sends less than the minimum rate.</summary>
    TooSlow,

    /// <summary>The source refuses this gateway (<see cref="SourceRefusal"/>).</summary>
    Refused,

    /// <summary>The source sent bytes with another digest, or another number of bytes.</summary>
    WrongContent,
}
