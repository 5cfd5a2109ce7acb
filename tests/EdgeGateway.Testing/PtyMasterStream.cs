using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Testing;

/// <summary>The master of a <see cref="Pty"/> as a stream. A pending operation holds a thread of its own: simple, and independent of the code under test.</summary>
internal sealed class PtyMasterStream(SafeFileHandle master) : Stream
{
    private const int PollMilliseconds = 20;
    private volatile bool _closed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count), CancellationToken.None);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count), CancellationToken.None);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await OnOwnThread(() => Read(buffer.Span, cancellationToken), cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await OnOwnThread(
            () =>
            {
                Write(buffer.Span, cancellationToken);
                return 0;
            },
            cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // nothing is buffered here
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        master.Dispose();
        base.Dispose(disposing);
    }

    private static Task<T> OnOwnThread<T>(Func<T> operation, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(operation, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private int Read(Span<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = PtyNative.Read(master, buffer, (nuint)buffer.Length);
            if (read >= 0)
            {
                return (int)read;
            }

            Wait(PtyNative.PollIn, cancellationToken);
        }
    }

    private void Write(ReadOnlySpan<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            var written = PtyNative.Write(master, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else
            {
                Wait(PtyNative.PollOut, cancellationToken);
            }
        }
    }

    /// <summary>Called after a refused system call: waits a little where it would have blocked, throws where it failed.</summary>
    private void Wait(short events, CancellationToken cancellationToken)
    {
        var errno = Marshal.GetLastPInvokeError();
        if (errno != PtyNative.Again)
        {
            throw new IOException($"pseudo-terminal: {Marshal.GetPInvokeErrorMessage(errno)}");
        }

        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closed, this);
        var held = false;
        try
        {
            master.DangerousAddRef(ref held);
            Span<int> pollFile = [(int)master.DangerousGetHandle(), events];
            _ = PtyNative.Poll(pollFile, 1, PollMilliseconds);
        }
        finally
        {
            if (held)
            {
                master.DangerousRelease();
            }
        }
    }
}
