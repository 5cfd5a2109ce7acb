using EdgeGateway.Content.Sources.Ranking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Sources;

/// <summary>
/// Asks sources in order: the parents, then the origin where that is allowed. A source with a fault is banned for a while and the next one is
/// asked; when no other is left, a banned source is asked again. docs/content-sources.md has the rules.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed partial class OrderedContentSource : IContentSource
{
    private readonly IReadOnlyList<RankedSource> _parents;
    private readonly RankedSource _origin;
    private readonly IOptionsMonitor<ContentOptions> _options;
    private readonly TimeProvider _time;
    private readonly ContentMetrics _metrics;
    private readonly ILogger _logger;

    /// <param name="parents">Sources that are asked first, in order.</param>
    /// <param name="origin">The last source, asked where <see cref="ContentOptions.OriginAllowed"/>.</param>
    public OrderedContentSource(
        IEnumerable<IContentSource> parents,
        IContentSource origin,
        IOptionsMonitor<ContentOptions> options,
        TimeProvider time,
        ContentMetrics metrics,
        ILogger<OrderedContentSource> logger)
    {
        _parents = [.. parents.Select(p => new RankedSource(p, time))];
        _origin = new RankedSource(origin, time);
        (_options, _time, _metrics, _logger) = (options, time, metrics, logger);
    }

    /// <inheritdoc/>
    public string Name => string.Join(" or ", Sources().Select(s => s.Source.Name).DefaultIfEmpty("no source"));

    /// <summary>Gets the parents that refuse this gateway, with the reason in words. An operator must correct it.</summary>
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

    private List<RankedSource> Sources() => _options.CurrentValue.OriginAllowed ? [.. _parents, _origin] : [.. _parents];

    private async Task<OpenedContent> OpenAsync(
        Sha256Digest? digest, string what, Func<IContentSource, CancellationToken, Task<OpenedContent>> open, CancellationToken cancellationToken)
    {
        var sources = Sources();
        if (sources is [var only] && only == _origin)
        {
            return Named(only, await open(only.Source, cancellationToken)); // a single source is never banned
        }

        var problems = new List<SourceError>();
        foreach (var source in sources)
        {
            if (source.BanFor(digest) is not null)
            {
                continue;
            }

            if (await TryAsync(source, digest, open, problems, cancellationToken) is { } opened)
            {
                return opened;
            }
        }

        if (sources.Find(s => problems.TrueForAll(p => p.Source != s.Source.Name) && s.BanFor(digest) is { } ban && IsLastResort(ban)) is { } last)
        {
            await WaitAsync(last.BanFor(digest), cancellationToken);
            if (await TryAsync(last, digest, open, problems, cancellationToken) is { } opened)
            {
                return opened;
            }
        }

        problems.AddRange(sources
            .Where(s => problems.TrueForAll(p => p.Source != s.Source.Name))
            .Select(s => (s.Source.Name, Ban: s.BanFor(digest)))
            .Where(s => s.Ban is not null)
            .Select(s => new SourceError(s.Name, s.Ban!.Failure, $"{s.Name} is avoided until {s.Ban.Until:u}: {s.Ban.Text}")));
        throw SourceError.Sum(what, problems, _options.CurrentValue.OriginAllowed);
    }

    private async Task<OpenedContent?> TryAsync(
        RankedSource source,
        Sha256Digest? digest,
        Func<IContentSource, CancellationToken, Task<OpenedContent>> open,
        List<SourceError> problems,
        CancellationToken cancellationToken)
    {
        try
        {
            var opened = await open(source.Source, cancellationToken);
            source.Answered();
            return Watch(source, digest, opened);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            var error = e as ContentException ?? new ContentException(ContentFailure.Unreachable, $"{source.Source.Name} cannot be reached: {e.Message}", e);
            if (error is { Failure: ContentFailure.NotFound, Refusal: SourceRefusal.None })
            {
                source.Answered();
            }

            Blame(source, digest, error);
            problems.Add(new SourceError(source.Source.Name, error.Failure, error.Message));
            return null;
        }
    }

    private OpenedContent Watch(RankedSource source, Sha256Digest? digest, OpenedContent opened)
    {
        var watched = new MonitoredStream(opened.Stream, _time, source.Proved);
        return Named(source, opened) with
        {
            Stream = watched,
            Blame = failure =>
            {
                opened.Blame?.Invoke(failure);
                if (failure == ContentFailure.Unreachable && watched.Proved)
                {
                    return; // the stream was interrupted after it had delivered: the download may resume there at once
                }

                // A silent source is a lost link further up; only a source that sends too little is slow.
                var silent = failure == ContentFailure.TooSlow && watched.Silence >= _options.CurrentValue.SlowGrace / 2;
                Blame(source, digest, new ContentException(silent ? ContentFailure.Unreachable : failure, Text(source, failure, silent)));
            },
        };
    }

    private static OpenedContent Named(RankedSource source, OpenedContent opened) => opened with { Source = opened.Source ?? source.Source.Name };

    private static string Text(RankedSource source, ContentFailure failure, bool silent) => failure switch
    {
        _ when silent => $"{source.Source.Name} stopped sending",
        ContentFailure.TooSlow => $"{source.Source.Name} sent too slowly",
        ContentFailure.WrongDigest => $"the bytes from {source.Source.Name} do not have the expected digest",
        ContentFailure.WrongSize => $"the content from {source.Source.Name} does not have the expected size",
        _ => $"{source.Source.Name} interrupted the download",
    };

    private void Blame(RankedSource source, Sha256Digest? digest, ContentException error)
    {
        if (source.Blame(digest, error, _options.CurrentValue.BanTime) is { } ban)
        {
            _metrics.Banned(source.Source.Name, ban.Fault);
            LogBanned(source.Source.Name, ban.Fault, ban.Until - ban.Since, error.Message);
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

    [LoggerMessage(3060, LogLevel.Warning, "Source is banned. Source={Source} Fault={Fault} For={Time} Reason={Reason}")]
    private partial void LogBanned(string source, SourceFault fault, TimeSpan time, string reason);
}
