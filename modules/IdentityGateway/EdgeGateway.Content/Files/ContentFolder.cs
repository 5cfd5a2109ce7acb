
namespace EdgeGateway.Content.Files;

/// <summary>
/// Names of the files of a store: <c>sha256/ab/ab…</c> for content, <c>partial/ab…</c> and <c>partial/ab….resume</c> for a download that is not
/// complete, <c>holds/ab…</c> and <c>addresses/ab…</c> for notes. Every name is made of the hexadecimal digits of a digest, so that nothing from outside can lead out of the folder.
/// </summary>
internal sealed class ContentFolder(string root)
{
    private const string NotesSuffix = ".resume";

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Notes of holds, by digest.</summary>
    public NoteFolder Holds => new(Path.Combine(Root, "holds"));

    /// <summary>Notes of addresses, by digest of the address.</summary>
    public NoteFolder Addresses => new(Path.Combine(Root, "addresses"));

    private string Complete => Path.Combine(Root, "sha256");

    private string Partial => Path.Combine(Root, "partial");

    public string FileOf(Sha256Digest digest)
    {
        var name = digest.ToString();
        return Path.Combine(Complete, name[..2], name);
    }

    public string PartialOf(Sha256Digest digest) => Path.Combine(Partial, digest.ToString());

    public string NotesOf(Sha256Digest digest) => PartialOf(digest) + NotesSuffix;

    /// <summary>Length of the broken-off download on disk, 0 where there is none.</summary>
    public long PartialBytes(Sha256Digest digest) => new FileInfo(PartialOf(digest)) is { Exists: true } file ? file.Length : 0;

    public void DeletePartial(Sha256Digest digest)
    {
        File.Delete(NotesOf(digest)); // first: a download without notes is scrubbed
        File.Delete(PartialOf(digest));
    }

    /// <summary>Creates the folders, deletes what cannot be the store's, and lists the rest, least recently used first.</summary>
    /// <param name="strange">Told each path that was deleted, or left alone if it is a folder.</param>
    public IReadOnlyList<StoredFile> Scrub(Action<string> strange)
    {
        Directory.CreateDirectory(Complete);
        Directory.CreateDirectory(Partial);
        var found = new List<StoredFile>();
        foreach (var entry in new DirectoryInfo(Complete).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null, Name.Length: 2 } fan)
            {
                found.AddRange(Sift(fan, CompleteFrom, strange));
            }
            else
            {
                Discard(entry, strange);
            }
        }

        found.AddRange(Sift(new DirectoryInfo(Partial), PartialFrom, strange));
        return [.. found.OrderBy(f => f.LastUsed)];
    }

    private StoredFile? CompleteFrom(FileInfo file) =>
        NameOf(file) is { } digest && file.FullName == FileOf(digest)
            ? new StoredFile(digest, file.Length, true, file.LastWriteTimeUtc)
            : null;

    private StoredFile? PartialFrom(FileInfo file) =>
        NameOf(file) is { } digest && file.FullName == PartialOf(digest) && File.Exists(NotesOf(digest)) && !File.Exists(FileOf(digest))
            ? new StoredFile(digest, file.Length, false, file.LastWriteTimeUtc)
            : null;

    private static List<StoredFile> Sift(DirectoryInfo folder, Func<FileInfo, StoredFile?> accept, Action<string> strange)
    {
        var kept = new List<StoredFile>();
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
                Discard(entry, strange);
            }
        }

        foreach (var note in notes.Where(n => !kept.Exists(k => !k.Complete && n.Name == k.Digest + NotesSuffix)))
        {
            Discard(note, strange);
        }

        return kept;
    }

    private static Sha256Digest? NameOf(FileInfo file) => Sha256Digest.TryParseHex(file.Name, out var digest) ? digest : null;

    private static void Discard(FileSystemInfo entry, Action<string> strange)
    {
        if (entry is FileInfo || entry.LinkTarget is not null)
        {
            entry.Delete();
        }

        strange(entry.FullName);
    }
}
