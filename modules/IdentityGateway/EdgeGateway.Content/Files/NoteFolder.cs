using System.Text;

namespace EdgeGateway.Content.Files;

/// <summary>
/// Small notes that survive restarts, one file each, named by 64 hexadecimal digits: written beside, then renamed, so that a note is there as a
/// whole or not at all.
/// </summary>
/// <remarks>Not thread-safe. Errors of the disk come out as they are.</remarks>
internal sealed class NoteFolder(string path)
{
    private const int LongestNote = 16 * 1024;

    /// <summary>Creates the folder, reads all notes, and deletes what is none.</summary>
    /// <param name="accept">Tries to make sense of a note's lines.</param>
    /// <param name="strange">Told each path that was deleted, or left alone if it is a folder.</param>
    public IReadOnlyList<T> Load<T>(Func<Sha256Digest, string[], T?> accept, Action<string> strange)
        where T : class
    {
        Directory.CreateDirectory(path);
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

            strange(entry.FullName);
        }

        return notes;
    }

    public void Write(Sha256Digest name, params IEnumerable<string> lines)
    {
        var (final, beside) = (FileOf(name), FileOf(name) + ".new");
        using (var file = File.OpenHandle(beside, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))), 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(beside, final, overwrite: true);
    }

    public void Delete(Sha256Digest name) => File.Delete(FileOf(name));

    private string FileOf(Sha256Digest name) => Path.Combine(path, name.ToString());
}
