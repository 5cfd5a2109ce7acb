namespace EdgeGateway.Content.Sources.Ranking;

/// <summary>Reads a body and measures whether its source delivers: distinguishes a slow source from a lost link.</summary>
internal sealed class MonitoredStream(Stream inner, TimeProvider time, Action proved) : Stream
{
    private const int Proof = 64 * 1024;

    private long _received;
    private long _last = time.GetTimestamp();
    private bool _proved;

    /// <summary>Gets the time since the last byte, or since the start.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>Gets whether enough was received to say that the source delivers.</summary>
    public bool Proved => Volatile.Read(ref _proved);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Note(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Note(inner.Read(buffer, offset, count), count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Note(int got, int wanted)
    {
        Interlocked.Exchange(ref _last, time.GetTimestamp());
        _received += got;
        if (!_proved && (_received >= Proof || (got == 0 && wanted > 0 && _received > 0)))
        {
            Volatile.Write(ref _proved, true);
            proved();
        }

        return got;
    }
}
