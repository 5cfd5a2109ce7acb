using EdgeGateway.Content.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Addresses;

/// <summary>Which content the addresses hold that were asked for, noted on disk; bounded.</summary>
/// <remarks>Thread-safe; takes no other lock. A note that cannot be written costs a download after a restart, so it fails nothing.</remarks>
internal sealed partial class AddressIndex(NoteFolder notes, IOptionsMonitor<ContentOptions> options, TimeProvider time, ILogger<ContentStore> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, AddressEntry> _entries = [];
    private readonly ILogger _logger = logger;

    /// <summary>Reads the notes of an earlier run.</summary>
    /// <param name="present">Whether content is there still; addresses of other content are forgotten.</param>
    /// <param name="strange">Told what is no note.</param>
    public void Open(Func<Sha256Digest, bool> present, Action<string> strange)
    {
        lock (_lock)
        {
            _entries.Clear();
            foreach (var entry in notes.Load(AddressEntry.Read, strange))
            {
                _entries.Add(entry.Key, entry);
            }

            foreach (var gone in _entries.Values.Where(e => !present(e.Digest)).ToList())
            {
                Remove(gone.Key);
            }

            Bound();
        }
    }

    public AddressEntry? Find(Sha256Digest key)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(key);
        }
    }

    /// <summary>Whether what was found may be taken for true without asking the source again.</summary>
    public bool IsFresh(AddressEntry entry) => time.GetUtcNow() - entry.Found < options.CurrentValue.AddressLifetime;

    /// <summary>Notes what an address was found to hold just now.</summary>
    public void Learn(Sha256Digest key, Sha256Digest digest, long size, string tag, string? validator)
    {
        var entry = new AddressEntry(key, digest, size, tag, validator, time.GetUtcNow());
        lock (_lock)
        {
            _entries[key] = entry;
            Bound();
            try
            {
                notes.Write(key, entry.ToLines());
            }
            catch (Exception e) when (DiskProblem.IsDiskError(e))
            {
                LogNotNoted(digest, e.Message);
            }
        }
    }

    /// <summary>Forgets an address that holds nothing any more.</summary>
    public void Forget(Sha256Digest key)
    {
        lock (_lock)
        {
            Remove(key);
        }
    }

    private void Bound()
    {
        while (_entries.Count > options.CurrentValue.MaxAddresses)
        {
            Remove(_entries.Values.MinBy(e => e.Found)!.Key);
        }
    }

    private void Remove(Sha256Digest key)
    {
        if (!_entries.Remove(key, out var entry))
        {
            return;
        }

        try
        {
            notes.Delete(key);
        }
        catch (Exception e) when (DiskProblem.IsDiskError(e))
        {
            LogNoteStays(entry.Digest, e.Message);
        }
    }

    [LoggerMessage(3032, LogLevel.Warning, "The address of content {Digest} cannot be noted; after a restart it is asked again: {Reason}")]
    private partial void LogNotNoted(Sha256Digest digest, string reason);

    [LoggerMessage(3033, LogLevel.Warning, "The note of an address of content {Digest} cannot be deleted: {Reason}")]
    private partial void LogNoteStays(Sha256Digest digest, string reason);
}
