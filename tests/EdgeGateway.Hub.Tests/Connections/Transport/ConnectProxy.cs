using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeGateway.Hub.Tests.Connections.Transport;

/// <summary>An HTTP proxy that knows CONNECT only, and may ask for a password.</summary>
internal sealed class ConnectProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string? _login;

    /// <param name="login">User and password as <c>user:password</c>; null for none.</param>
    public ConnectProxy(string? login = null)
    {
        _login = login;
        _listener.Start();
        _ = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Hosts that were asked for with the right login.</summary>
    public List<string> Asked { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        while (true)
        {
            var head = await HeadAsync(stream);
            if (head.Length == 0)
            {
                return;
            }

            var expected = _login is null ? null : "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(_login));
            if (expected is not null && !head.Contains(expected, StringComparison.Ordinal))
            {
                await stream.WriteAsync(
                    "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                continue;
            }

            var target = head.Split(' ')[1];
            Asked.Add(target);
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(IPAddress.Loopback, int.Parse(target.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            await Task.WhenAny(stream.CopyToAsync(upstream.GetStream()), upstream.GetStream().CopyToAsync(stream));
            return;
        }
    }

    private static async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
