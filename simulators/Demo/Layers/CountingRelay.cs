using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>
/// Stands for the cable between two adjacent layers: forwards every TCP connection, unread, and counts the downstream bytes. So what is
/// counted has TLS and HTTP in it, not only image.
/// </summary>
public sealed class CountingRelay : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly IPEndPoint _upper;
    private readonly Task _accepting;
    private long _bytesDown;

    /// <param name="upper">Whom connections are passed on to.</param>
    public CountingRelay(IPEndPoint upper)
    {
        _upper = upper;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the lower side connects, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes passed from the upper side to the lower one so far.</summary>
    public long BytesDown => Interlocked.Read(ref _bytesDown);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
                passing.RemoveAll(task => task.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient lower)
    {
        using var upper = new TcpClient();
        using (lower)
        {
            try
            {
                await upper.ConnectAsync(_upper, _ended.Token);
                var up = CopyAsync(lower, upper, _ => { });
                var down = CopyAsync(upper, lower, bytes => Interlocked.Add(ref _bytesDown, bytes));
                await await Task.WhenAny(up, down);
                await Task.WhenAll(up, down);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                // one side has broken off: closing both tells the other
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Action<int> count)
    {
        var (source, target, buffer) = (from.GetStream(), to.GetStream(), new byte[BufferSize]);
        while (await source.ReadAsync(buffer, _ended.Token) is > 0 and var bytes)
        {
            await target.WriteAsync(buffer.AsMemory(0, bytes), _ended.Token);
            count(bytes);
        }

        to.Client.Shutdown(SocketShutdown.Send);
    }
}
