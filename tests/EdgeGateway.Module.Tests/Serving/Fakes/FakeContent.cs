using EdgeGateway.Content;
using EdgeGateway.Serial;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Module.Tests.Serving.Fakes;

/// <summary>Content that arrives as a test wants it.</summary>
internal sealed class FakeContent(byte[] bytes)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _readers;

    public byte[] Bytes => bytes;

    public Sha256Digest Digest { get; } = Sha256Digest.Of(bytes);

    /// <summary>Bytes that are there.</summary>
    public int Arrived { get; private set; } = bytes.Length;

    public Exception? Failure { get; private set; }

    /// <summary>File with the same bytes, for direct sending; null for none.</summary>
    public SafeFileHandle? File { get; init; }

    /// <summary>Readers that are open.</summary>
    public int Readers => Volatile.Read(ref _readers);

    public void Arrive(int count) => Change(() => Arrived = count);

    public void Fail(Exception why) => Change(() => Failure = why);

    public IContentReader Open()
    {
        Interlocked.Increment(ref _readers);
        return new Reader(this);
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Reader(FakeContent content) : IContentReader
    {
        private bool _disposed;

        public long Size => content.Bytes.Length;

        public string Tag => content.Digest.ToString();

        public bool IsComplete => content.Arrived == content.Bytes.Length;

        public async ValueTask<FileRange?> FindAsync(long offset, long most, CancellationToken cancellationToken)
        {
            var there = await ReadAsync(offset, new byte[Math.Min(most, 100_000)], cancellationToken);
            return content.File is { } file ? new FileRange(file, there) : null;
        }

        public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task changed;
                lock (content._lock)
                {
                    ObjectDisposedException.ThrowIf(_disposed, this);
                    if (offset == content.Bytes.Length)
                    {
                        return 0;
                    }

                    if (offset < content.Arrived)
                    {
                        var count = Math.Min(buffer.Length, content.Arrived - (int)offset);
                        content.Bytes.AsSpan((int)offset, count).CopyTo(buffer.Span);
                        return count;
                    }

                    if (content.Failure is { } failure)
                    {
                        throw failure;
                    }

                    changed = content._changed.Task;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }

        public void Dispose()
        {
            lock (content._lock)
            {
                if (!_disposed)
                {
                    _disposed = true;
                    Interlocked.Decrement(ref content._readers);
                }
            }
        }
    }
}
