using EdgeGateway.Serial.Links;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class LineAddressTests
{
    [Theory]
    [InlineData("/dev/ttyUSB0", "/dev/ttyUSB0")]
    [InlineData("usb-FTDI_FT232R_A1-if00-port0", "/dev/serial/by-id/usb-FTDI_FT232R_A1-if00-port0")]
    public void TryParse_File_GivesItsPath(string port, string path)
    {
        LineAddress.TryParse(port, out var address, out var error).Should().BeTrue();
        (address!.Path, address.Host, error).Should().Be((path, null, null));
    }

    [Theory]
    [InlineData("tcp://10.0.0.1:4000", "10.0.0.1", 4000)]
    [InlineData("TCP://Serial-Server.lan:65535", "serial-server.lan", 65535)]
    [InlineData("tcp://[::1]:1", "::1", 1)]
    public void TryParse_Tcp_GivesHostAndPort(string port, string host, int tcpPort)
    {
        LineAddress.TryParse(port, out var address, out _).Should().BeTrue();
        (address!.Path, address.Host, address.TcpPort).Should().Be((null, host, tcpPort));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("dev/ttyUSB0")]
    [InlineData("../ttyUSB0")]
    [InlineData("udp://host:4000")]
    [InlineData("tcp://host")]
    [InlineData("tcp://host:0")]
    [InlineData("tcp://host:65536")]
    [InlineData("tcp://:4000")]
    [InlineData("tcp://user@host:4000")]
    [InlineData("tcp://host:4000/path")]
    [InlineData("/dev/tty\0USB0")]
    public void TryParse_NoLine_SaysWhatIsExpected(string? port)
    {
        LineAddress.TryParse(port, out var address, out var error).Should().BeFalse();
        address.Should().BeNull();
        error.Should().Contain("tcp://host:port");
    }
}
