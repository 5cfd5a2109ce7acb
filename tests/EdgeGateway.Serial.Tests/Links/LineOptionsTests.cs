using System.ComponentModel.DataAnnotations;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class LineOptionsTests
{
    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        new LineOptions().Should().BeEquivalentTo(new
        {
            Port = "",
            BaudRate = (int?)null,
            Parity = Parity.None,
            StopBits = StopBits.One,
            HalfDuplex = false,
            LowLatency = true,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        });
    }

    [Theory]
    [InlineData(null, Parity.None, StopBits.One, 11520)]
    [InlineData(921600, Parity.None, StopBits.One, 92160)]
    [InlineData(115200, Parity.Even, StopBits.One, 115200 / 11.0)]
    [InlineData(115200, Parity.None, StopBits.Two, 115200 / 11.0)]
    [InlineData(9600, Parity.Odd, StopBits.Two, 800)]
    public void BytesPerSecond_SerialPort_CountsAllBitsOfAByte(int? baud, Parity parity, StopBits stopBits, double expected) =>
        new LineOptions { Port = "/dev/ttyUSB0", BaudRate = baud, Parity = parity, StopBits = stopBits }
            .BytesPerSecond.Should().BeApproximately(expected, 1e-6);

    [Fact]
    public void BytesPerSecond_TcpWithoutRate_IsUnknown() =>
        new LineOptions { Port = "tcp://host:4000" }.BytesPerSecond.Should().BeNull();

    [Theory]
    [InlineData("/dev/ttyUSB0", 50)]
    [InlineData("/dev/ttyUSB0", 4_000_000)]
    [InlineData("usb-FTDI_FT232R_A1-if00-port0", null)]
    [InlineData("tcp://10.0.0.1:4000", null)]
    public void Validate_Good_FindsNothing(string port, int? baud) => Errors(new LineOptions { Port = port, BaudRate = baud }).Should().BeEmpty();

    [Theory]
    [InlineData("", null, nameof(LineOptions.Port))]
    [InlineData("tcp://nohost", null, nameof(LineOptions.Port))]
    [InlineData("/dev/ttyUSB0", 49, nameof(LineOptions.BaudRate))]
    [InlineData("/dev/ttyUSB0", 4_000_001, nameof(LineOptions.BaudRate))]
    public void Validate_Bad_NamesTheSetting(string port, int? baud, string setting) =>
        Errors(new LineOptions { Port = port, BaudRate = baud }).Should().ContainSingle().Which.MemberNames.Should().Equal(setting);

    [Fact]
    public void Validate_NoSuchParityOrStopBits_NamesBoth() =>
        Errors(new LineOptions { Port = "/dev/ttyS0", Parity = (Parity)9, StopBits = 0 }).SelectMany(e => e.MemberNames)
            .Should().BeEquivalentTo(nameof(LineOptions.Parity), nameof(LineOptions.StopBits));

    private static List<ValidationResult> Errors(LineOptions options)
    {
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true);
        return errors;
    }
}
