using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeGateway.Module.Serving;
using EdgeGateway.Module.Tests.Serving.Fakes;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Serving;

/// <summary>A reader that takes nothing is cut off by the clock, however its content is sent.</summary>
public sealed class SlowReaderTests
{
    private static readonly byte[] Bytes = new byte[64 << 20];

    [Fact]
    public async Task Get_ReaderThatTakesNothing_IsCutOff()
    {
        var time = new VirtualTime();
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("content"), Bytes);
        using var file = File.OpenHandle(folder.File("content"));
        await using var bench = await EndpointBench.StartAsync(time: time);
        var content = bench.Feed.Add(new Uri("http://origin.example/a"), new FakeContent(Bytes) { File = file });
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, bench.Http.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /a?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n"));
        await EndpointBench.UntilAsync(() => content.Readers == 1);

        await EndpointBench.UntilAsync(() =>
        {
            time.Advance(KestrelFactory.SlowGrace);
            return content.Readers == 0;
        });

        await EndpointBench.UntilAsync(() => bench.Metric("edgegateway_endpoint_requests_total", "broken") == 1);
    }
}
