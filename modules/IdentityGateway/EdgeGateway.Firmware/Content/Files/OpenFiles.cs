using System.Diagnostics.CodeAnalysis;
using EdgeGateway.Serial;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Content.Files;

/// <summary>
/// The content that somebody holds: each is open once, whatever the number of leases, and closed and unpinned when the last one is gone.
/// </summary>
/// <remarks>Shares the lock of the store, which holds it in every call; only what leases call back takes it here.</remarks>
internal sealed partial class OpenFiles(Lock gate, ContentShelf shelf, TimeProvider time, ILogger<ContentStore> logger)
{
    private readonly Dictionary<Sha256Digest, VerifiedFile> _open = [];
    private readonly Dictionary<VerifiedFile, int> _holders = []; // also of files that were found changed and are no longer in _open
    private readonly ILogger _logger = logger;

    /// <summary>Takes a file with one holder: who opened it.</summary>
    public void Add(VerifiedFile file)
    {
        _open.Add(file.Digest, file);
        _holders.Add(file, 1);
        Touch(file);
    }

    public bool TryGet(Sha256Digest digest, [NotNullWhen(true)] out VerifiedFile? file) => _open.TryGetValue(digest, out file);

    /// <exception cref="ContentException"><see cref="ContentFailure.WrongSize"/>: it is not as long as announced.</exception>
    public IContentLease Lease(VerifiedFile file, ContentReference content)
    {
        if (file.Size != content.Size)
        {
            throw new ContentException(
                ContentFailure.WrongSize, $"Content {content.Digest} has {file.Size} bytes; the update announces {content.Size}.");
        }

        _holders[file]++;
        return new ContentLease(file, Tampered, LetGo);
    }

    /// <summary>One holder less.</summary>
    public void Release(VerifiedFile file)
    {
        if (--_holders[file] > 0)
        {
            return;
        }

        _holders.Remove(file);
        if (IsOpen(file))
        {
            _open.Remove(file.Digest);
            Touch(file);
            shelf.Unpin(file.Digest);
        }

        file.Dispose();
    }

    private bool IsOpen(VerifiedFile file) => _open.TryGetValue(file.Digest, out var current) && current == file;

    private void LetGo(VerifiedFile file)
    {
        lock (gate)
        {
            Release(file);
        }
    }

    private void Tampered(VerifiedFile file)
    {
        lock (gate)
        {
            if (!IsOpen(file))
            {
                return; // another lease noticed before
            }

            _open.Remove(file.Digest);
            LogTampered(file.Digest);
            try
            {
                shelf.Discard(file.Digest);
            }
            catch (Exception e) when (DiskProblem.IsDiskError(e))
            {
                LogNotDeleted(file.Digest, e.Message);
            }
        }
    }

    private void Touch(VerifiedFile file)
    {
        try
        {
            file.Touch(time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (DiskProblem.IsDiskError(e))
        {
            LogNotTouched(file.Digest, e.Message);
        }
    }
}
