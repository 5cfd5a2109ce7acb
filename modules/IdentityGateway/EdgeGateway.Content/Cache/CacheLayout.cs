namespace EdgeGateway.Content.Cache;

/// <summary>
/// Names the files of the store: <c>sha256/ab/ab…</c> for content, <c>partial/ab…</c> and <c>partial/ab….resume</c> for an incomplete download,
/// <c>holds/ab…</c> and <c>addresses/ab…</c> for records. Names consist of the hexadecimal digits of a digest, so no input can lead out of the folder.
/// </summary>
internal sealed class CacheLayout(string root)
{
    private const string NotesSuffix = ".resume";

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Gets the records of retained content, by digest.</summary>
    public RecordFolder Holds => new(Path.Combine(Root, "holds"));

    /// <summary>Gets the records of addresses, by key of the address.</summary>
    public RecordFolder Addresses => new(Path.Combine(Root, "addresses"));

    private string Complete => Path.Combine(Root, "sha256");

    private string Partial => Path.Combine(Root, "partial");

    public string FileOf(Sha256Digest digest)
    {
        var name = digest.ToString();
        return Path.Combine(Complete, name[..2], name);
    }

    public string PartialOf(Sha256Digest digest) => Path.Combine(Partial, digest.ToString());

    public string RecordOf(Sha256Digest digest) => PartialOf(digest) + NotesSuffix;

    /// <summary>Gets the length of a partial download on disk; 0 where there is none.</summary>
    public long PartialBytes(Sha256Digest digest) => new FileInfo(PartialOf(digest)) is { Exists: true } file ? file.Length : 0;

    public void DeletePartial(Sha256Digest digest)
    {
        File.Delete(RecordOf(digest)); // first: a partial file without its record is deleted at the next start
        File.Delete(PartialOf(digest));
    }

    /// <summary>Creates the folders, deletes unexpected files, and lists the others, the least recently used first.</summary>
    /// <param name="onUnexpected">Receives each path that was deleted, and folders that were kept.</param>
    public IReadOnlyList<FoundFile> Scrub(Action<string> onUnexpected)
    {
        Directory.CreateDirectory(Complete);
        Directory.CreateDirectory(Partial);
        var found = new List<FoundFile>();
        foreach (var entry in new DirectoryInfo(Complete).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null, Name.Length: 2 } fan)
            {
                found.AddRange(Sift(fan, CompleteFrom, onUnexpected));
            }
            else
            {
                Discard(entry, onUnexpected);
            }
        }

        found.AddRange(Sift(new DirectoryInfo(Partial), PartialFrom, onUnexpected));
        return [.. found.OrderBy(f => f.LastUsed)];
    }

    private FoundFile? CompleteFrom(FileInfo file) =>
        NameOf(file) is { } digest && file.FullName == FileOf(digest)
            ? new FoundFile(digest, file.Length, true, file.LastWriteTimeUtc)
            : null;

    private FoundFile? PartialFrom(FileInfo file) =>
        NameOf(file) is { } digest && file.FullName == PartialOf(digest) && File.Exists(RecordOf(digest)) && !File.Exists(FileOf(digest))
            ? new FoundFile(digest, file.Length, false, file.LastWriteTimeUtc)
            : null;

    private static List<FoundFile> Sift(DirectoryInfo folder, Func<FileInfo, FoundFile?> accept, Action<string> onUnexpected)
    {
        var kept = new List<FoundFile>();
        var notes = new List<FileInfo>();
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is FileInfo { LinkTarget: null } note && entry.Extension == NotesSuffix)
            {
                notes.Add(note);
            }
            else if (entry is FileInfo { LinkTarget: null, Length: > 0 } file && accept(file) is { } stored)
            {
                kept.Add(stored);
            }
            else
            {
                Discard(entry, onUnexpected);
            }
        }

        foreach (var note in notes.Where(n => !kept.Exists(k => !k.Complete && n.Name == k.Digest + NotesSuffix)))
        {
            Discard(note, onUnexpected);
        }

        return kept;
    }

    private static Sha256Digest? NameOf(FileInfo file) => Sha256Digest.TryParseHex(file.Name, out var digest) ? digest : null;

    private static void Discard(FileSystemInfo entry, Action<string> onUnexpected)
    {
        if (entry is FileInfo || entry.LinkTarget is not null)
        {
            entry.Delete();
        }

        onUnexpected(entry.FullName);
    }
}

/// <summary>Complete or partial content that was found in the folder at start.</summary>
/// <param name="Bytes">Length on disk.</param>
/// <param name="Complete">False for a partial download.</param>
/// <param name="LastUsed">Last use in UTC.</param>
internal sealed record FoundFile(Sha256Digest Digest, long Bytes, bool Complete, DateTime LastUsed);
