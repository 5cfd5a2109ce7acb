using System.Text;

namespace EdgeGateway.Content.Cache;

/// <summary>
/// Stores small records that survive restarts, one file each, named by 64 hexadecimal digits. Files are replaced atomically
/// (<see cref="AtomicFile"/>).
/// </summary>
/// <remarks>Not thread-safe. Throws disk errors unchanged.</remarks>
internal sealed class RecordFolder(string path, IDisk? disk = null)
{
    private const int LongestNote = 16 * 1024;

    /// <summary>Reads all records and deletes other files. The first write creates a missing folder.</summary>
    /// <param name="accept">Parses the lines of a record; returns null for an invalid one.</param>
    /// <param name="onUnexpected">Receives each path that was deleted, and folders that were kept.</param>
    public IReadOnlyList<T> Load<T>(Func<Sha256Digest, string[], T?> accept, Action<string> onUnexpected)
        where T : class
    {
        if (!Directory.Exists(path))
        {
            return [];
        }

        var notes = new List<T>();
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            if (entry is FileInfo { LinkTarget: null, Length: <= LongestNote } file
                && Sha256Digest.TryParseHex(file.Name, out var name) && file.Name == name.ToString()
                && accept(name, File.ReadAllLines(file.FullName)) is { } note)
            {
                notes.Add(note);
                continue;
            }

            if (entry is FileInfo || entry.LinkTarget is not null)
            {
                entry.Delete();
            }

            onUnexpected(entry.FullName);
        }

        return notes;
    }

    /// <summary>Writes a record, durably.</summary>
    public void Write(Sha256Digest name, params IEnumerable<string> lines) =>
        new AtomicFile(FileOf(name), isPrivate: true, disk).Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));

    /// <summary>Deletes a record, if it is there.</summary>
    public void Delete(Sha256Digest name)
    {
        if (Directory.Exists(path))
        {
            File.Delete(FileOf(name));
        }
    }

    private string FileOf(Sha256Digest name) => Path.Combine(path, name.ToString());
}
