using System.Globalization;
using EdgeGateway.Content.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Holds;

/// <summary>Which content is held for later, until when, and how much of it there may be. Each hold is noted on disk.</summary>
/// <remarks>Thread-safe; takes no other lock.</remarks>
internal sealed partial class HoldBook(
    NoteFolder notes, IOptionsMonitor<ContentOptions> options, TimeProvider time, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private const string Magic = "edgegateway-hold 1";

    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, ContentHold> _holds = [];
    private readonly Dictionary<Sha256Digest, (long Bytes, int Claims)> _claims = [];
    private readonly ILogger _logger = logger;

    /// <summary>Holds in force, soonest to end first.</summary>
    public IReadOnlyList<ContentHold> All
    {
        get
        {
            lock (_lock)
            {
                EndOverdue();
                return [.. _holds.Values.OrderBy(h => h.Until)];
            }
        }
    }

    /// <summary>Reads the notes of an earlier run.</summary>
    /// <param name="present">Whether content is there still.</param>
    /// <param name="strange">Told what is no note.</param>
    public void Open(Func<Sha256Digest, bool> present, Action<string> strange)
    {
        lock (_lock)
        {
            _holds.Clear();
            foreach (var hold in notes.Load(Read, strange))
            {
                _holds.Add(hold.Digest, hold);
                metrics.Held(hold.Size);
            }

            foreach (var gone in _holds.Keys.Where(d => !present(d)).ToList())
            {
                End(gone);
            }

            EndOverdue();
        }
    }

    public bool IsHeld(Sha256Digest digest)
    {
        lock (_lock)
        {
            return _holds.TryGetValue(digest, out var hold) && hold.Until > time.GetUtcNow();
        }
    }

    /// <summary>Takes a part of the share while content that is to be held is fetched.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.StoreFull"/>.</exception>
    public void Claim(ContentReference content)
    {
        lock (_lock)
        {
            EndOverdue();
            var bound = Math.Min(options.CurrentValue.MaxHeldBytes, options.CurrentValue.MaxBytes / 2);
            var others = _holds.Values.Where(h => h.Digest != content.Digest && !_claims.ContainsKey(h.Digest)).Sum(h => h.Size)
                + _claims.Where(c => c.Key != content.Digest).Sum(c => c.Value.Bytes);
            if (content.Size > bound - others)
            {
                throw new ContentException(
                    ContentFailure.StoreFull,
                    $"No room to hold the {content.Size} bytes of content {content.Digest}: other holds have {others} of {bound} bytes (Content:MaxHeldBytes).");
            }

            _claims[content.Digest] = (content.Size, _claims.GetValueOrDefault(content.Digest).Claims + 1);
        }
    }

    /// <summary>Gives back what <see cref="Claim"/> took.</summary>
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

    /// <summary>Begins a hold, or changes it.</summary>
    /// <exception cref="IOException">It cannot be noted.</exception>
    public void Put(ContentHold hold)
    {
        lock (_lock)
        {
            notes.Write(
                hold.Digest,
                Magic,
                string.Create(CultureInfo.InvariantCulture, $"size {hold.Size}"),
                string.Create(CultureInfo.InvariantCulture, $"until {hold.Until.ToUnixTimeMilliseconds()}"));
            metrics.Held(hold.Size - (_holds.GetValueOrDefault(hold.Digest)?.Size ?? 0));
            _holds[hold.Digest] = hold;
        }
    }

    /// <summary>Ends a hold.</summary>
    /// <returns>False if there was none.</returns>
    public bool Release(Sha256Digest digest)
    {
        lock (_lock)
        {
            var held = _holds.TryGetValue(digest, out var hold) && hold.Until > time.GetUtcNow();
            End(digest);
            return held;
        }
    }

    private static ContentHold? Read(Sha256Digest digest, string[] lines) =>
        lines is [Magic, var size, var until]
        && size.StartsWith("size ", StringComparison.Ordinal) && until.StartsWith("until ", StringComparison.Ordinal)
        && long.TryParse(size.AsSpan("size ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        && long.TryParse(until.AsSpan("until ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && end <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new ContentHold(digest, bytes, DateTimeOffset.FromUnixTimeMilliseconds(end))
            : null;

    private void EndOverdue()
    {
        var now = time.GetUtcNow();
        foreach (var digest in _holds.Values.Where(h => h.Until <= now).Select(h => h.Digest).ToList())
        {
            LogOverdue(digest);
            End(digest);
        }
    }

    private void End(Sha256Digest digest)
    {
        if (!_holds.Remove(digest, out var hold))
        {
            return;
        }

        metrics.Held(-hold.Size);
        try
        {
            notes.Delete(digest);
        }
        catch (Exception e) when (DiskProblem.IsDiskError(e))
        {
            LogNoteStays(digest, e.Message);
        }
    }

    [LoggerMessage(3030, LogLevel.Information, "The time of the hold on content {Digest} is over; nobody used it.")]
    private partial void LogOverdue(Sha256Digest digest);

    [LoggerMessage(3031, LogLevel.Warning, "The note of the hold on content {Digest} cannot be deleted; the hold comes back at the next start: {Reason}")]
    private partial void LogNoteStays(Sha256Digest digest, string reason);
}
