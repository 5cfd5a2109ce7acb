using System.Runtime.Versioning;
using EdgeGateway.Serial.Links;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Serial.Tests.Links.Posix;

public sealed class TermiosOpenerTests : IDisposable
{
    private readonly SerialLinkFactory _factory = new(NullLoggerFactory.Instance, TimeProvider.System);
    private readonly Pty _pty = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _factory.Dispose();
        _pty.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(50)]
    [InlineData(115_200)]
    [InlineData(1_234_567)]
    [InlineData(4_000_000)]
    public async Task OpenAsync_AnyBaudRate_IsSet(int baudRate)
    {
        await using var link = _factory.Create(new LineOptions { Port = _pty.SlavePath, BaudRate = baudRate, StopBits = StopBits.Two });
        await link.OpenAsync(default);
        _pty.BaudRate.Should().Be(baudRate);
    }

    [Fact]
    public async Task OpenAsync_DriverWithoutParity_FailsBadSettings()
    {
        // A pseudo-terminal clears the parity bit, as a driver does whose chip has no parity.
        var error = await FailureOf(new LineOptions { Port = _pty.SlavePath, Parity = Parity.Even });
        error.Failure.Should().Be(LinkFailure.BadSettings);
        error.Message.Should().Contain(_pty.SlavePath).And.Contain("parity Even");
    }

    [Fact]
    public async Task OpenAsync_HalfDuplexWithoutDriverSupport_Works()
    {
        await using var link = _factory.Create(new LineOptions { Port = _pty.SlavePath, HalfDuplex = true, LowLatency = false });
        await link.OpenAsync(default);
        link.IsOpen.Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_Second_FailsBusyAndLeavesTheFirstAlone()
    {
        await using var first = _factory.Create(new LineOptions { Port = _pty.SlavePath, BaudRate = 9600 });
        await first.OpenAsync(default);

        var error = await FailureOf(new LineOptions { Port = _pty.SlavePath, BaudRate = 19200 });
        error.Failure.Should().Be(LinkFailure.Busy);
        error.Message.Should().Contain(_pty.SlavePath).And.Contain("this process");

        _pty.BaudRate.Should().Be(9600);
        await first.WriteAsync(new byte[] { 3 }, default);
        var received = new byte[1];
        await _pty.Master.ReadExactlyAsync(received).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        received.Should().Equal(3);
    }

    [Fact]
    public async Task OpenAsync_PseudoTerminal_LeavesNothingBehindThatOutlivesAKill()
    {
        await using var link = _factory.Create(new LineOptions { Port = _pty.SlavePath });
        await link.OpenAsync(default);
        _pty.IsExclusive.Should().BeFalse("the pseudo-terminal holds itself open, so the flag would keep a restarted gateway out");
    }

    [Fact]
    public async Task OpenAsync_AfterAFailedOpen_Works()
    {
        await FailureOf(new LineOptions { Port = _pty.SlavePath, Parity = Parity.Odd });
        await using var link = _factory.Create(new LineOptions { Port = _pty.SlavePath });
        await link.OpenAsync(default);
        link.IsOpen.Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_NoFile_FailsMissing()
    {
        var error = await FailureOf(new LineOptions { Port = _folder.File("ttyUSB9") });
        error.Failure.Should().Be(LinkFailure.Missing);
        error.Message.Should().Contain("ttyUSB9").And.Contain("/dev/serial/by-id");
    }

    [Fact]
    public async Task OpenAsync_NoSuchNameInById_FailsMissingWithTheFullPath()
    {
        var error = await FailureOf(new LineOptions { Port = "usb-Nobody_makes_this" });
        error.Failure.Should().Be(LinkFailure.Missing);
        error.Message.Should().Contain("/dev/serial/by-id/usb-Nobody_makes_this");
    }

    [Fact]
    public async Task OpenAsync_DanglingLink_FailsMissing()
    {
        var path = _folder.File("by-id");
        File.CreateSymbolicLink(path, _folder.File("gone"));
        (await FailureOf(new LineOptions { Port = path })).Failure.Should().Be(LinkFailure.Missing);
    }

    [Fact]
    public async Task OpenAsync_NoSerialPort_FailsBadSettings()
    {
        File.WriteAllText(_folder.File("text"), "no port");
        foreach (var path in new[] { _folder.File("text"), _folder.Path, "/dev/null" })
        {
            var error = await FailureOf(new LineOptions { Port = path });
            error.Failure.Should().Be(LinkFailure.BadSettings);
            error.Message.Should().Contain(path).And.Contain("no serial port");
        }

        File.ReadAllText(_folder.File("text")).Should().Be("no port");
    }

    [NotRootFact]
    [SupportedOSPlatform("linux")]
    public async Task OpenAsync_NotPermitted_FailsNoPermission()
    {
        var path = _folder.File("locked");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, UnixFileMode.None);
        var error = await FailureOf(new LineOptions { Port = path });
        error.Failure.Should().Be(LinkFailure.NoPermission);
        error.Message.Should().Contain("dialout");
    }

    private async Task<LinkException> FailureOf(LineOptions options)
    {
        await using var link = _factory.Create(options);
        return (await FluentActions.Awaiting(() => link.OpenAsync(default).AsTask()).Should().ThrowAsync<LinkException>()).Which;
    }
}
