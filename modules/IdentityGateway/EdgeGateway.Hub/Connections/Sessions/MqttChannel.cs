using System.Buffers;
using System.IO.Pipelines;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Packets over a stream. Holds no buffer while nothing arrives, since thousands of channels are idle at once.</summary>
internal sealed class MqttChannel(Stream stream, TimeProvider time, TimeSpan sendTimeout) : IAsyncDisposable
{
    // Twins (two sections of 32 KB), methods (128 KB) and messages (64 KB to a device) all stay below.
    private const int MaxPacketSize = 300 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(
        stream, new StreamPipeReaderOptions(bufferSize: 2048, minimumReadSize: 512, leaveOpen: true, useZeroByteReads: true));

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private long _lastSent = time.GetTimestamp();
    private long _lastReceived = time.GetTimestamp();

    /// <summary>Gets the longer of the times since the last send and since the last receive.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Math.Min(Interlocked.Read(ref _lastSent), Interlocked.Read(ref _lastReceived)));

    /// <summary>Time since something was last received.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _lastReceived));

    /// <summary>
    /// Sends a packet whole. There is no token on purpose: a write that is cut off half way would spoil the stream for the next packet. It is bounded by
    /// the send timeout and ends when the channel is disposed.
    /// </summary>
    /// <exception cref="HubException">The line is gone.</exception>
    public async Task SendAsync(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>(256);
        MqttWriter.Write(output, packet);
        try
        {
            using var timeout = new CancellationTokenSource(sendTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closed.Token);
            await _sending.WaitAsync(both.Token);
            try
            {
                await stream.WriteAsync(output.WrittenMemory, both.Token);
                await stream.FlushAsync(both.Token);
                Interlocked.Exchange(ref _lastSent, time.GetTimestamp());
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            var why = _closed.IsCancellationRequested ? "it is closed" : e is OperationCanceledException ? "the hub takes no data" : e.Message;
            var cause = e is IOException io ? ClosedByHubException.Recognise(io) : e;
            throw new HubException(HubFailure.Unreachable, $"The connection was lost while sending: {why}", cause);
        }
    }

    /// <summary>Takes the next packet.</summary>
    /// <returns>Null where the hub closed the connection.</returns>
    /// <exception cref="HubException">The line is gone.</exception>
    /// <exception cref="MqttProtocolException">Not MQTT 3.1.1.</exception>
    public async Task<MqttPacket?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var result = await _reader.ReadAsync(cancellationToken);
                var buffer = result.Buffer;
                if (MqttReader.TryRead(ref buffer, MaxPacketSize, out var packet))
                {
                    _reader.AdvanceTo(buffer.Start);
                    Interlocked.Exchange(ref _lastReceived, time.GetTimestamp());
                    return packet;
                }

                _reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (IOException e)
        {
            throw new HubException(HubFailure.Unreachable, $"The connection was lost: {e.Message}", ClosedByHubException.Recognise(e));
        }
    }

    /// <summary>Ends pending sends.</summary>
    public void Abort() => _closed.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reader.CompleteAsync();
        await stream.DisposeAsync();
    }
}
