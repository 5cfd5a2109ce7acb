using EdgeGateway.Core;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Testing;

/// <summary>Does what the system does, records each operation, and fails where a test says so.</summary>
public sealed class RecordingDisk(string root) : IDisk
{
    /// <summary>Gets the operations in order, with paths relative to the root.</summary>
    public List<string> Operations { get; } = [];

    /// <summary>Gets or sets what happens instead of an operation that begins with this text.</summary>
    public string? FailingOperation { get; set; }

    /// <summary>Gets or sets a probe that runs before each operation, for a look at the files at that moment.</summary>
    public Action<string>? Before { get; set; }

    public void Flush(SafeFileHandle file)
    {
        Record($"flush {RandomAccess.GetLength(file)} bytes");
        SystemDisk.Instance.Flush(file);
    }

    public void Rename(string path, string newPath)
    {
        Record($"rename {Relative(path)} {Relative(newPath)}");
        SystemDisk.Instance.Rename(path, newPath);
    }

    public void FlushFolder(string folder)
    {
        Record($"flush folder {Relative(folder)}");
        SystemDisk.Instance.FlushFolder(folder);
    }

    private void Record(string operation)
    {
        Before?.Invoke(operation);
        Operations.Add(operation);
        if (FailingOperation is { } failing && operation.StartsWith(failing, StringComparison.Ordinal))
        {
            throw new IOException($"The disk fails at '{operation}'.");
        }
    }

    private string Relative(string path) => Path.GetRelativePath(root, path);
}
