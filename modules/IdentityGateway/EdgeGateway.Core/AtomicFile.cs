using System.Globalization;

namespace EdgeGateway.Core;

/// <summary>
/// Replaces a small file as a whole: writes a new file beside it, flushes it, renames it over the old one and flushes the folder. After a power cut
/// the path names either the old content or the new content, never a part of it.
/// </summary>
/// <remarks>Not thread-safe: one writer for each path. The temporary file has the name of the path with <c>.tmp</c> appended.</remarks>
/// <param name="path">The file to replace. Missing folders are created at the first write.</param>
/// <param name="isPrivate">True where only the owner may read the file (mode 0600); else the umask decides.</param>
/// <param name="disk">What flushes and renames; the system where null.</param>
public sealed class AtomicFile(string path, bool isPrivate, IDisk? disk = null)
{
    private readonly string _path = System.IO.Path.GetFullPath(path);
    private readonly IDisk _disk = disk ?? SystemDisk.Instance;

    /// <summary>Gets the full path of the file.</summary>
    public string Path => _path;

    /// <summary>Reads the whole file.</summary>
    /// <returns>The content; null where the file does not exist.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public byte[]? Read()
    {
        try
        {
            return File.ReadAllBytes(_path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces the content. When the call returns, the new content survives a power cut.</summary>
    /// <exception cref="IOException">The disk is full or fails; the old content is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written; the old content is still there.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        var folder = System.IO.Path.GetDirectoryName(_path)!;
        CreateFolder(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var temporary = _path + ".tmp";
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush();
            _disk.Flush(stream.SafeFileHandle);
        }

        _disk.Rename(temporary, _path);
        _disk.FlushFolder(folder);
    }

    /// <summary>Deletes the file, if it is there.</summary>
    public void Delete() => File.Delete(_path);

    /// <summary>Renames a file whose content makes no sense, so that a person can look at it and the next write starts from nothing.</summary>
    /// <param name="now">The time that becomes part of the name.</param>
    /// <returns>The new path: <c>.broken-</c> and the time appended.</returns>
    public string SetAside(DateTimeOffset now)
    {
        var aside = $"{_path}.broken-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        _disk.Rename(_path, aside);
        return aside;
    }

    /// <summary>Creates what is missing of a folder and flushes the parent of each new one: a new folder's name must survive a power cut, too.</summary>
    private void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (System.IO.Path.GetDirectoryName(folder) is { } parent)
        {
            CreateFolder(parent);
            Directory.CreateDirectory(folder);
            _disk.FlushFolder(parent);
        }
    }
}
