
namespace EdgeGateway.Content.Sources.Order;

/// <summary>A source among several, and what it is avoided for. docs/content-sources.md has the table of bans.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SourceSlot(IContentSource source, TimeProvider time)
{
    /// <summary>Longest ban of a source that cannot be reached: a link that comes back is used soon.</summary>
    public static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(30);

    /// <summary>This many contents that were wrong, and the source is avoided for all.</summary>
    public const int WrongContents = 3;

    private const int MaxContents = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, SourceBan> _contents = [];
    private SourceBan? _ban;
    private (SourceRefusal Why, string Text)? _refusal;
    private int _failures;

    public IContentSource Source => source;

    /// <summary>Why it refused when it was last asked; null if it did not.</summary>
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

    /// <summary>The ban that holds now, of the source or of the one content.</summary>
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

    /// <summary>It answered like a source that is in order.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _refusal = null;
        }
    }

    /// <summary>Bytes flow: what its link did before is forgotten.</summary>
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

    /// <summary>Takes note of a fault.</summary>
    /// <param name="content">What was asked for; null where only an address is known.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="banTime">Ban of faults that do not pass by themselves.</param>
    /// <returns>The ban; null where it is none of the source's fault.</returns>
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

    /// <summary>1 s, doubled at each failure in a row; what fails within a second, such as several downloads, is one failure.</summary>
    private TimeSpan Growing()
    {
        if (_failures == 0 || _ban is not { Fault: SourceFault.Unreachable } last || time.GetUtcNow() - last.Since >= TimeSpan.FromSeconds(1))
        {
            _failures++;
        }

        return TimeSpan.FromSeconds(Math.Min(LongestAway.TotalSeconds, Math.Pow(2, Math.Min(_failures - 1, 10))));
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

        // A wrong size may be a mistake of who asks; wrong bytes are always the source's, or its disk's.
        if (_contents.Values.Count(b => b.Failure == ContentFailure.WrongDigest) >= WrongContents)
        {
            _ban = ban;
        }

        return ban;
    }
}
