using System.Net;
using System.Net.Sockets;
using EdgeGateway.Serial.Links;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class TcpLinkTests : LinkContract
{
    private readonly SerialLinkFactory _factory = new(NullLoggerFactory.Instance, TimeProvider.System);
    private readonly IPEndPoint _address;
    private TcpListener _server = new(IPAddress.Loopback, 0);
    private NetworkStream? _peer;

    public TcpLinkTests(ITestOutputHelper output)
        : base(output)
    {
        _server.Start();
        _address = (IPEndPoint)_server.LocalEndpoint;
        Link = _factory.Create(new LineOptions { Port = $"tcp://{_address}" });
    }

    protected override ISerialLink Link { get; }

    protected override int MoreThanFits => 32 << 20;

    [Fact]
    public void BytesPerSecond_RateNotGiven_IsUnknown() => Link.BytesPerSecond.Should().BeNull();

    [Fact]
    public void BytesPerSecond_RateGiven_IsItsOwn() =>
        _factory.Create(new LineOptions { Port = "tcp://localhost:1", BaudRate = 9600 }).BytesPerSecond.Should().Be(960);

    [Fact]
    public async Task OpenAsync_HostName_Connects()
    {
        await using var link = _factory.Create(new LineOptions { Port = $"tcp://localhost:{_address.Port}" });
        await link.OpenAsync(default).AsTask().WaitAsync(Patience);
        link.IsOpen.Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_NobodyListens_FailsMissingAndNamesTheAddress()
    {
        _server.Dispose();
        var thrown = await FluentActions.Awaiting(() => Link.OpenAsync(default).AsTask().WaitAsync(Patience)).Should().ThrowAsync<LinkException>();
        thrown.Which.Failure.Should().Be(LinkFailure.Missing);
        thrown.Which.Message.Should().Contain(Link.Name);
    }

    [Fact]
    public async Task OpenAsync_NoAnswer_FailsMissingAfterTheTimeout()
    {
        using var silent = new SilentServer();
        var clock = new VirtualTime();
        using var factory = new SerialLinkFactory(NullLoggerFactory.Instance, clock);
        await using var link = factory.Create(new LineOptions { Port = silent.Address, ConnectTimeout = TimeSpan.FromSeconds(3) });

        var open = link.OpenAsync(default).AsTask();
        clock.ArmedTimers.Should().Be(1);
        clock.Advance(TimeSpan.FromSeconds(2.9));
        open.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));
        (await FailureOf(() => open)).Should().Be(LinkFailure.Missing);
    }

    [Fact]
    public async Task CloseAsync_WhileConnecting_FailsClosed()
    {
        using var silent = new SilentServer();
        await using var link = _factory.Create(new LineOptions { Port = silent.Address });
        var open = link.OpenAsync(default).AsTask();
        open.IsCompleted.Should().BeFalse();
        await link.CloseAsync().AsTask().WaitAsync(Patience);
        (await FailureOf(() => open)).Should().Be(LinkFailure.Closed);
    }

    [Fact]
    public async Task ReadAsync_ConnectionReset_FailsUnplugged()
    {
        await OpenAsync();
        var read = Link.ReadAsync(new byte[1], default).AsTask();
        _peer!.Socket.LingerState = new LingerOption(true, 0);
        _peer.Dispose();
        (await FailureOf(() => read)).Should().Be(LinkFailure.Unplugged);
    }

    protected override async Task OpenAsync()
    {
        var accept = _server.AcceptTcpClientAsync();
        await Link.OpenAsync(default).AsTask().WaitAsync(Patience);
        _peer?.Dispose();
        _peer = (await accept.WaitAsync(Patience)).GetStream();
    }

    protected override ValueTask<int> PeerReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _peer!.ReadAsync(buffer, cancellationToken);

    protected override ValueTask PeerWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _peer!.WriteAsync(bytes, cancellationToken);

    protected override Task UnplugAsync()
    {
        _server.Dispose();
        _peer!.Dispose();
        return Task.CompletedTask;
    }

    protected override Task ReplugAsync()
    {
        _server = new TcpListener(_address);
        _server.Start();
        return Task.CompletedTask;
    }

    protected override void DisposeOtherEnd()
    {
        _peer?.Dispose();
        _server.Dispose();
        _factory.Dispose();
    }

    /// <summary>Its queue of connections is full, so that a further one gets no answer.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _fill = [];

        public SilentServer()
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _socket.Listen(0);
            for (var i = 0; i < 8; i++)
            {
                var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _ = client.ConnectAsync(_socket.LocalEndPoint!).ContinueWith(t => t.Exception, TaskScheduler.Default);
                _fill.Add(client);
            }
        }

        public string Address => $"tcp://{_socket.LocalEndPoint}";

        public void Dispose()
        {
            _fill.ForEach(client => client.Dispose());
            _socket.Dispose();
        }
    }
}
