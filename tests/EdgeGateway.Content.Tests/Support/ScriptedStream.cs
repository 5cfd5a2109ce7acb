namespace EdgeGateway.Content.Tests.Support;

/// <summary>A body that does what a test says when its bytes run out: ends, breaks, or waits.</summary>
internal sealed class ScriptedStream(ReadOnlyMemory<byte> bytes, int chunk, Func<CancellationToken, Task> atEnd) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_at == bytes.Length)
        {
            await atEnd(cancellationToken);
            return 0;
        }

        await Task.Yield();
        var count = Math.Min(Math.Min(buffer.Length, chunk), bytes.Length - _at);
        bytes.Slice(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
