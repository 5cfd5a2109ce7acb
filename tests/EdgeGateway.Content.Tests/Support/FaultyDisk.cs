using System.Collections.Concurrent;
using EdgeGateway.Content.Cache;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Tests.Support;

/// <summary>The real disk, as full or as broken as a test wants it.</summary>
internal sealed class FaultyDisk(Func<string> root) : IContentDisk
{
    private readonly ContentDisk _disk = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _awaited = [];

    /// <summary>Bytes that the files of the store may have; null for those of the real disk.</summary>
    public long? Capacity { get; set; }

    /// <summary>Gets or sets the exception of writes that do not fit.</summary>
    public IOException Full { get; set; } = new("No space left on device", 28);

    public Action<string, string> OnPublish { get; set; } = (_, _) => { };

    public long FreeBytes(string folder) => Capacity is { } capacity
        ? capacity - Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length)
        : _disk.FreeBytes(folder);

    public void Write(SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        if (FreeBytes(root()) < bytes.Length)
        {
            throw Full;
        }

        _disk.Write(file, offset, bytes);
        foreach (var (end, reached) in _awaited)
        {
            if (offset + bytes.Length >= end)
            {
                reached.TrySetResult();
            }
        }
    }

    /// <summary>Ends when a file has been written up to <paramref name="end"/>.</summary>
    public Task Reaches(long end) =>
        _awaited.GetOrAdd(end, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(StoreBed.Patience);

    public void Publish(SafeFileHandle file, string from, string to)
    {
        OnPublish(from, to);
        _disk.Publish(file, from, to);
    }
}
