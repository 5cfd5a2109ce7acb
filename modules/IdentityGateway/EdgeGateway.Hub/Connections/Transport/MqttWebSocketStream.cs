using System.Net.WebSockets;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>
/// The bytes of a WebSocket's binary messages. Beside what the framework's stream does, a close by the other side is the end of the stream also where it
/// was met by a read without buffer, and a lost line is an <see cref="IOException"/> as with other streams.
/// </summary>
internal sealed class MqttWebSocketStream(WebSocket socket, TimeSpan closeTimeout) : Stream
{
    private readonly WebSocketStream _inner = WebSocketStream.Create(socket, WebSocketMessageType.Binary, closeTimeout);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return socket.State is WebSocketState.Open or WebSocketState.CloseSent ? await _inner.ReadAsync(buffer, cancellationToken) : Ended();
        }
        catch (Exception e) when (e is WebSocketException or NotSupportedException)
        {
            throw Lost(e); // the framework's stream calls itself unreadable once the socket is closed
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _inner.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or NotSupportedException)
        {
            throw Lost(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Ended() => socket.State == WebSocketState.Aborted ? throw new IOException("The WebSocket was aborted.") : 0;

    private static IOException Lost(Exception e) => new(e.Message, e);
}
