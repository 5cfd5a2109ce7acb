using EdgeGateway.Serial.Links;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Links;

/// <summary>The contract on a pseudo-terminal behind a symbolic link, as udev makes them in /dev/serial/by-id.</summary>
public sealed class TermiosLinkTests : LinkContract
{
    private readonly SerialLinkFactory _factory = new(NullLoggerFactory.Instance, TimeProvider.System);
    private readonly TempFolder _folder = new();
    private readonly string _path;
    private Pty _pty = new(raw: false);

    public TermiosLinkTests(ITestOutputHelper output)
        : base(output)
    {
        _path = _folder.File("usb-Acme_UART_0001");
        File.CreateSymbolicLink(_path, _pty.SlavePath);
        Link = _factory.Create(new LineOptions { Port = _path });
    }

    protected override ISerialLink Link { get; }

    protected override int MoreThanFits => 100_000;

    [Fact]
    public async Task OpenAsync_BytesFromBefore_AreThrownAway()
    {
        await _pty.Master.WriteAsync(new byte[] { 1, 2, 3 });
        await OpenAsync();
        await _pty.Master.WriteAsync(new byte[] { 4 });
        (await ReceiveAsync(Link.ReadAsync, 1, takeAll: true)).Should().Equal(4);
    }

    [Fact]
    public async Task IsOpen_UnpluggedWhileIdle_BecomesFalse()
    {
        await OpenAsync();
        _pty.Unplug();

        // No read is pending; a later read reports it, whether the loop was faster or not.
        (await FailureOf(() => Link.ReadAsync(new byte[1], default).AsTask())).Should().Be(LinkFailure.Unplugged);
        Link.IsOpen.Should().BeFalse();
    }

    [Fact]
    public async Task CloseAsync_AnotherOpens_IsNotBusy()
    {
        await using var other = _factory.Create(new LineOptions { Port = _pty.SlavePath });
        for (var i = 0; i < 50; i++)
        {
            await Link.OpenAsync(default);
            await Link.CloseAsync();
            await other.OpenAsync(default);
            await other.CloseAsync();
        }
    }

    [Fact]
    public async Task Dispose_FactoryWithOpenPort_ClosesIt()
    {
        await OpenAsync();
        var read = Link.ReadAsync(new byte[1], default).AsTask();
        _factory.Dispose();
        (await FailureOf(() => read)).Should().Be(LinkFailure.Closed);
    }

    protected override ValueTask<int> PeerReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _pty.Master.ReadAsync(buffer, cancellationToken);

    protected override ValueTask PeerWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _pty.Master.WriteAsync(bytes, cancellationToken);

    protected override Task UnplugAsync()
    {
        _pty.Dispose();
        File.Delete(_path);
        return Task.CompletedTask;
    }

    protected override Task ReplugAsync()
    {
        _pty = new Pty(raw: false);
        File.CreateSymbolicLink(_path, _pty.SlavePath);
        return Task.CompletedTask;
    }

    protected override void DisposeOtherEnd()
    {
        _pty.Dispose();
        _folder.Dispose();
        _factory.Dispose();
    }
}
