using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>A link of a given rate between a cache and its origin: every connection goes through it, and every byte down is counted.</summary>
internal sealed class LinkRelay : IAsyncDisposable
{
    /// <summary>Bytes that pass at once; what is paced is the time between them.</summary>
    private const int PieceSize = 32 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly IPEndPoint _origin;
    private readonly double _bytesPerSecond;
    private readonly Task _accepting;
    private long _bytes;
    private long _free = Stopwatch.GetTimestamp();

    /// <param name="origin">Where it leads.</param>
    /// <param name="bytesPerSecond">Its rate; infinite for none.</param>
    public LinkRelay(IPEndPoint origin, double bytesPerSecond)
    {
        (_origin, _bytesPerSecond) = (origin, bytesPerSecond);
        _listener.Start(64);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that came down, headers too.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                connections.Add(RelayAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var cache = client;
        using var origin = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await origin.ConnectAsync(_origin, _stop.Token);
            await Task.WhenAny(PassAsync(cache, origin, false), PassAsync(origin, cache, true));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // one side is gone, and so is the connection
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isDown)
    {
        var buffer = new byte[PieceSize];
        while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var got)
        {
            if (isDown)
            {
                Interlocked.Add(ref _bytes, got);
                await PaceAsync(got);
            }

            for (var sent = 0; sent < got;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, got - sent), _stop.Token);
            }
        }
    }

    /// <summary>Waits until the link can carry that many bytes. Timers are coarse, so later calls make up for a late one.</summary>
    private async Task PaceAsync(int bytes)
    {
        if (double.IsInfinity(_bytesPerSecond))
        {
            return;
        }

        TimeSpan wait;
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            _free = Math.Max(_free, now - (Stopwatch.Frequency / 50)) + (long)(bytes / _bytesPerSecond * Stopwatch.Frequency);
            wait = Stopwatch.GetElapsedTime(now, _free);
        }

        if (wait > TimeSpan.FromMilliseconds(2))
        {
            await Task.Delay(wait, _stop.Token);
        }
    }
}
