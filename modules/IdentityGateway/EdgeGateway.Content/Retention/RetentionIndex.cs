using System.Globalization;
using EdgeGateway.Content.Cache;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Retention;

/// <summary>Keeps which content is retained and until when, within the bound for retention. Each entry is recorded on disk.</summary>
/// <remarks>Thread-safe; takes no other lock.</remarks>
internal sealed partial class RetentionIndex(
    RecordFolder notes, IOptionsMonitor<ContentOptions> options, TimeProvider time, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private const string Magic = "edgegateway-hold 1";

    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, RetainedContent> _retained = [];
    private readonly Dictionary<Sha256Digest, (long Bytes, int Claims)> _claims = [];
    private readonly ILogger _logger = logger;

    /// <summary>Gets the retained content, the soonest to expire first.</summary>
    public IReadOnlyList<RetainedContent> All
    {
        get
        {
            lock (_lock)
            {
                EndOverdue();
                return [.. _retained.Values.OrderBy(h => h.Until)];
            }
        }
    }

    /// <summary>Reads the records of an earlier run.</summary>
    /// <param name="present">Tells whether content is present.</param>
    /// <param name="onUnexpected">Receives each path that is not a record.</param>
    public void Open(Func<Sha256Digest, bool> present, Action<string> onUnexpected)
    {
        lock (_lock)
        {
            _retained.Clear();
            foreach (var retained in notes.Load(Read, onUnexpected))
            {
                _retained.Add(retained.Digest, retained);
                metrics.Held(retained.Size);
            }

            foreach (var gone in _retained.Keys.Where(d => !present(d)).ToList())
            {
                End(gone);
            }

            EndOverdue();
        }
    }

    public bool IsRetained(Sha256Digest digest)
    {
        lock (_lock)
        {
            return _retained.TryGetValue(digest, out var retained) && retained.Until > time.GetUtcNow();
        }
    }

    /// <summary>Reserves part of the bound while content is downloaded for retention.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.StoreFull"/>.</exception>
    public void Claim(ContentReference content)
    {
        lock (_lock)
        {
            EndOverdue();
            var bound = Math.Min(options.CurrentValue.MaxHeldBytes, options.CurrentValue.MaxBytes / 2);
            var others = _retained.Values.Where(h => h.Digest != content.Digest && !_claims.ContainsKey(h.Digest)).Sum(h => h.Size)
                + _claims.Where(c => c.Key != content.Digest).Sum(c => c.Value.Bytes);
            if (content.Size > bound - others)
            {
                throw new ContentException(
                    ContentFailure.StoreFull,
                    $"The {content.Size} bytes of content {content.Digest} cannot be retained: other retained content uses {others} of {bound} bytes (Content:MaxHeldBytes).");
            }

            _claims[content.Digest] = (content.Size, _claims.GetValueOrDefault(content.Digest).Claims + 1);
        }
    }

    /// <summary>Releases a reservation of <see cref="Claim"/>.</summary>
    public void Unclaim(Sha256Digest digest)
    {
        lock (_lock)
        {
            var (bytes, claims) = _claims[digest];
            if (claims > 1)
            {
                _claims[digest] = (bytes, claims - 1);
            }
            else
            {
                _claims.Remove(digest);
            }
        }
    }

    /// <summary>Starts the retention of content, or changes its time.</summary>
    /// <exception cref="IOException">It cannot be recorded.</exception>
    public void Put(RetainedContent retained)
    {
        lock (_lock)
        {
            notes.Write(
                retained.Digest,
                Magic,
                string.Create(CultureInfo.InvariantCulture, $"size {retained.Size}"),
                string.Create(CultureInfo.InvariantCulture, $"until {retained.Until.ToUnixTimeMilliseconds()}"));
            metrics.Held(retained.Size - (_retained.GetValueOrDefault(retained.Digest)?.Size ?? 0));
            _retained[retained.Digest] = retained;
        }
    }

    /// <summary>Ends the retention of content.</summary>
    /// <returns>False if it was not retained.</returns>
    public bool Release(Sha256Digest digest)
    {
        lock (_lock)
        {
            var held = _retained.TryGetValue(digest, out var retained) && retained.Until > time.GetUtcNow();
            End(digest);
            return held;
        }
    }

    private static RetainedContent? Read(Sha256Digest digest, string[] lines) =>
        lines is [Magic, var size, var until]
        && size.StartsWith("size ", StringComparison.Ordinal) && until.StartsWith("until ", StringComparison.Ordinal)
        && long.TryParse(size.AsSpan("size ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        && long.TryParse(until.AsSpan("until ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && end <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new RetainedContent(digest, bytes, DateTimeOffset.FromUnixTimeMilliseconds(end))
            : null;

    private void EndOverdue()
    {
        var now = time.GetUtcNow();
        foreach (var digest in _retained.Values.Where(h => h.Until <= now).Select(h => h.Digest).ToList())
        {
            LogOverdue(digest);
            End(digest);
        }
    }

    private void End(Sha256Digest digest)
    {
        if (!_retained.Remove(digest, out var retained))
        {
            return;
        }

        metrics.Held(-retained.Size);
        try
        {
            notes.Delete(digest);
        }
        catch (Exception e) when (DiskErrors.IsDiskError(e))
        {
            LogNoteStays(digest, e.Message);
        }
    }

    [LoggerMessage(3030, LogLevel.Information, "Retention expired; the content was not used. Digest={Digest}")]
    private partial void LogOverdue(Sha256Digest digest);

    [LoggerMessage(3031, LogLevel.Warning, "Retention cannot delete a record; the retention returns at the next start. Digest={Digest} Reason={Reason}")]
    private partial void LogNoteStays(Sha256Digest digest, string reason);
}
