using EdgeGateway.Content.Sources.Order;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Sources;

/// <summary>
/// Sources in order: the parents, then the origin where that is allowed. One that does not do what it should is avoided for a while, so that
/// the next one is asked; when nothing else is left, it is asked again. docs/content-sources.md has the rules.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed partial class OrderedContentSource : IContentSource
{
    private readonly IReadOnlyList<SourceSlot> _parents;
    private readonly SourceSlot _origin;
    private readonly IOptionsMonitor<ContentOptions> _options;
    private readonly TimeProvider _time;
    private readonly ContentMetrics _metrics;
    private readonly ILogger _logger;

    /// <param name="parents">Sources that come first, in order.</param>
    /// <param name="origin">The last one, asked where <see cref="ContentOptions.OriginAllowed"/>.</param>
    /// <param name="options">Options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts bans.</param>
    /// <param name="logger">Log.</param>
    public OrderedContentSource(
        IEnumerable<IContentSource> parents,
        IContentSource origin,
        IOptionsMonitor<ContentOptions> options,
        TimeProvider time,
        ContentMetrics metrics,
        ILogger<OrderedContentSource> logger)
    {
        _parents = [.. parents.Select(p => new SourceSlot(p, time))];
        _origin = new SourceSlot(origin, time);
        (_options, _time, _metrics, _logger) = (options, time, metrics, logger);
    }

    /// <inheritdoc/>
    public string Name => string.Join(" or ", Slots().Select(s => s.Source.Name).DefaultIfEmpty("no source"));

    /// <summary>The parents that refuse this gateway, with why in plain words: somebody has to mend it.</summary>
    public IReadOnlyList<(string Source, SourceRefusal Why, string Text)> Refusals =>
        [.. _parents.Where(p => p.Refusal is not null).Select(p => (p.Source.Name, p.Refusal!.Value.Why, p.Refusal!.Value.Text))];

    /// <inheritdoc/>
    public Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        return OpenAsync(content.Digest, $"content {content.Digest}", (s, ct) => s.OpenAsync(content, from, ct), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        return OpenAsync(null, OriginRules.Name(address), (s, ct) => s.OpenAsync(address, from, ct), cancellationToken);
    }

    private List<SourceSlot> Slots() => _options.CurrentValue.OriginAllowed ? [.. _parents, _origin] : [.. _parents];

    private async Task<OpenedContent> OpenAsync(
        Sha256Digest? digest, string what, Func<IContentSource, CancellationToken, Task<OpenedContent>> open, CancellationToken cancellationToken)
    {
        var slots = Slots();
        if (slots is [var only] && only == _origin)
        {
            return Named(only, await open(only.Source, cancellationToken)); // nothing to prefer, so nothing to avoid
        }

        var problems = new List<SourceProblem>();
        foreach (var slot in slots)
        {
            if (slot.BanFor(digest) is not null)
            {
                continue;
            }

            if (await TryAsync(slot, digest, open, problems, cancellationToken) is { } opened)
            {
                return opened;
            }
        }

        if (slots.Find(s => problems.TrueForAll(p => p.Source != s.Source.Name) && s.BanFor(digest) is { } ban && IsLastResort(ban)) is { } last)
        {
            await WaitAsync(last.BanFor(digest), cancellationToken);
            if (await TryAsync(last, digest, open, problems, cancellationToken) is { } opened)
            {
                return opened;
            }
        }

        problems.AddRange(slots
            .Where(s => problems.TrueForAll(p => p.Source != s.Source.Name))
            .Select(s => (s.Source.Name, Ban: s.BanFor(digest)))
            .Where(s => s.Ban is not null)
            .Select(s => new SourceProblem(s.Name, s.Ban!.Failure, $"{s.Name} is avoided until {s.Ban.Until:u}: {s.Ban.Text}")));
        throw SourceProblem.Sum(what, problems, _options.CurrentValue.OriginAllowed);
    }

    private async Task<OpenedContent?> TryAsync(
        SourceSlot slot,
        Sha256Digest? digest,
        Func<IContentSource, CancellationToken, Task<OpenedContent>> open,
        List<SourceProblem> problems,
        CancellationToken cancellationToken)
    {
        try
        {
            var opened = await open(slot.Source, cancellationToken);
            slot.Answered();
            return Watch(slot, digest, opened);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            var error = e as ContentException ?? new ContentException(ContentFailure.Unreachable, $"{slot.Source.Name} cannot be reached: {e.Message}", e);
            if (error is { Failure: ContentFailure.NotFound, Refusal: SourceRefusal.None })
            {
                slot.Answered();
            }

            Blame(slot, digest, error);
            problems.Add(new SourceProblem(slot.Source.Name, error.Failure, error.Message));
            return null;
        }
    }

    private OpenedContent Watch(SourceSlot slot, Sha256Digest? digest, OpenedContent opened)
    {
        var watched = new WatchedStream(opened.Stream, _time, slot.Proved);
        return Named(slot, opened) with
        {
            Stream = watched,
            Blame = failure =>
            {
                opened.Blame?.Invoke(failure);
                if (failure == ContentFailure.Unreachable && watched.Proved)
                {
                    return; // it broke off after it had delivered: it may go on from there at once
                }

                // Silence is a link that is gone, somewhere above; only who sends too little is slow.
                var silent = failure == ContentFailure.TooSlow && watched.Silence >= _options.CurrentValue.SlowGrace / 2;
                Blame(slot, digest, new ContentException(silent ? ContentFailure.Unreachable : failure, Text(slot, failure, silent)));
            },
        };
    }

    private static OpenedContent Named(SourceSlot slot, OpenedContent opened) => opened with { Source = opened.Source ?? slot.Source.Name };

    private static string Text(SourceSlot slot, ContentFailure failure, bool silent) => failure switch
    {
        _ when silent => $"{slot.Source.Name} fell silent",
        ContentFailure.TooSlow => $"{slot.Source.Name} sent too slowly",
        ContentFailure.WrongDigest => $"what {slot.Source.Name} sent is not the content of the digest",
        ContentFailure.WrongSize => $"what {slot.Source.Name} sent has another size than announced",
        _ => $"{slot.Source.Name} broke off",
    };

    private void Blame(SourceSlot slot, Sha256Digest? digest, ContentException error)
    {
        if (slot.Blame(digest, error, _options.CurrentValue.BanTime) is { } ban)
        {
            _metrics.Banned(slot.Source.Name, ban.Fault);
            LogBanned(slot.Source.Name, ban.Fault, ban.Until - ban.Since, error.Message);
        }
    }

    private bool IsLastResort(SourceBan ban) =>
        ban.AloneFrom <= _time.GetUtcNow() || (ban.Fault == SourceFault.Busy && ban.AloneFrom - _time.GetUtcNow() <= SourceBan.LastResort);

    private async Task WaitAsync(SourceBan? ban, CancellationToken cancellationToken)
    {
        if (ban is not null && ban.AloneFrom - _time.GetUtcNow() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    [LoggerMessage(3060, LogLevel.Warning, "Source {Source} is avoided for {Time} ({Fault}): {Reason}")]
    private partial void LogBanned(string source, SourceFault fault, TimeSpan time, string reason);
}
