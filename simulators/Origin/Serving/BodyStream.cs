using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin.Serving;

/// <summary>Writes the body of one answer: counts its bytes, and delays or cuts it as the fault demands.</summary>
internal sealed class BodyStream(Stream inner, Fault fault, TimeProvider time, Action<int> count) : Stream
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly int _piece = fault.Kind == FaultKind.Slow ? fault.BytesPerSecond : int.MaxValue;

    private long _left = fault.Kind switch
    {
        FaultKind.Close => fault.After ?? 0,
        FaultKind.Flaky => fault.After ?? Fault.FlakyAfter,
        _ => long.MaxValue,
    };

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The server notices the missing bytes at the end of the answer and closes the connection after it has sent the others.
        // An abort would lose them.
        var rest = buffer[..(int)Math.Min(buffer.Length, _left)];
        while (!rest.IsEmpty)
        {
            var piece = rest[..Math.Min(rest.Length, _piece)];
            await inner.WriteAsync(piece, cancellationToken);
            count(piece.Length);
            _left -= piece.Length;
            rest = rest[piece.Length..];
            if (fault.Kind == FaultKind.Slow)
            {
                await inner.FlushAsync(cancellationToken);
                await Task.Delay(Second, time, cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("only asynchronous writing is supported");

    public override void Write(byte[] buffer, int offset, int count) => Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
