using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_Nothing_GivesDefaultsWithoutMistakes()
    {
        var reading = SettingsText.Read("{}");

        reading.IsValid.Should().BeTrue();
        reading.Settings.Hub.EffectivePort.Should().Be(8883);
        reading.Settings.Lines.Should().BeEmpty();
    }

    [Fact]
    public void Read_EverySortOfValue_IsTaken()
    {
        var settings = SettingsText.Read("""
            {
              "hub": { "hostName": "h.azure-devices.net", "Port": 8884, "KeepAlive": "00:01:00" },
              "Lines": [ { "Port": "/dev/ttyUSB0", "BaudRate": 921600, "Parity": "even", "HalfDuplex": true,
                           "Mcus": [ { "Id": "mcu-1", "Address": 1 }, { "Id": "mcu-2", "Address": 2 } ] } ],
              "Content": { "MaxBytes": 5000000000, "ProxyUrl": "http://proxy:3128", "AllowedOrigins": [ "a.example", "*.b.example" ] },
              "Module": { "LogLevel": "debug" }
            }
            """);

        settings.Errors.Should().BeEmpty();
        var all = settings.Settings;
        all.Hub.HostName.Should().Be("h.azure-devices.net");
        all.Hub.Port.Should().Be(8884);
        all.Hub.KeepAlive.Should().Be(TimeSpan.FromMinutes(1));
        all.Lines.Should().ContainSingle().Which.Parity.Should().Be(Parity.Even);
        all.Lines[0].BaudRate.Should().Be(921600);
        all.Lines[0].Mcus.Select(m => (m.Id, m.Address)).Should().Equal(("mcu-1", 1), ("mcu-2", 2));
        all.Content.MaxBytes.Should().Be(5_000_000_000);
        all.Content.ProxyUrl.Should().Be(new Uri("http://proxy:3128"));
        all.Content.AllowedOrigins.Should().Equal("a.example", "*.b.example");
        all.Module.LogLevel.Should().Be(RuntimeLogLevel.Debug);
    }

    [Theory]
    [InlineData("""{ "Hub": { "HostNam": "x" } }""", "Hub:HostNam = 'x': expected a known key: did you mean HostName?")]
    [InlineData("""{ "Firmvare": { "MaxAttempts": 1 } }""", "Firmvare: expected a known key: did you mean Firmware?")]
    [InlineData("""{ "Hub": { "Port": "70000" } }""", "Hub:Port = '70000': expected 1 to 65535")]
    [InlineData("""{ "Hub": { "Port": "eight" } }""", "Hub:Port = 'eight': expected a whole number")]
    [InlineData("""{ "Hub": { "Port": 88.5 } }""", "Hub:Port = '88.5': expected a whole number")]
    [InlineData("""{ "Web": { "Port": null } }""", "Web:Port = 'null': expected a whole number")]
    [InlineData("""{ "Hub": { "Port": [ 1 ] } }""", "Hub:Port: expected a whole number, not a list or section")]
    [InlineData("""{ "Hub": "here" }""", "Hub = 'here': expected a section of keys, not one value")]
    [InlineData("""{ "Hub": { "KeepAlive": "30" } }""", "Hub:KeepAlive = '30': expected a duration as hh:mm:ss or d.hh:mm:ss")]
    [InlineData("""{ "Hub": { "KeepAlive": "00:00:01" } }""", "Hub:KeepAlive = '00:00:01': expected 00:00:10 to 00:19:00")]
    [InlineData("""{ "Firmware": { "AllowUnsigned": "yes" } }""", "Firmware:AllowUnsigned = 'yes': expected true or false")]
    [InlineData("""{ "Content": { "MaxBytes": 12 } }""", "Content:MaxBytes = '12': expected 65536 or more")]
    [InlineData("""{ "Module": { "LogLevel": "2" } }""", "Module:LogLevel = '2': expected one of Fatal, Error, Warning, Info, Debug, Verbose")]
    [InlineData("""{ "Module": { "DataFolder": "" } }""", "Module:DataFolder: expected a value")]
    [InlineData("""{ "Lines": "ttyUSB0" }""", "Lines = 'ttyUSB0': expected a list: [...]")]
    [InlineData("""{ "Lines": { "Port": "ttyUSB0" } }""", "Lines:Port = 'ttyUSB0': expected a number from 0, as Lines is a list: [...]")]
    [InlineData("""{ "Lines": [ "ttyUSB0" ] }""", "Lines:0 = 'ttyUSB0': expected a section of keys, not one value", "Lines:0:Port: expected a value")]
    [InlineData("""{ "Hub": { "ReconnectBase": "00:01:00", "ReconnectMax": "00:00:02" } }""", "Hub:ReconnectMax = '00:00:02': expected at least Hub:ReconnectBase, 00:01:00")]
    [InlineData("""{ "Hub": { "TrustedCaFile": "/no/such.pem" } }""", "Hub:TrustedCaFile = '/no/such.pem': expected a file that exists and may be read")]
    public void Read_Mistake_IsNamed(string json, params string[] expected) =>
        SettingsText.Read(json).Errors.Select(e => (e with { Source = null }).ToString()).Should().Equal(expected);

    [Fact]
    public void Read_ManyMistakes_AreAllNamedAtOnce()
    {
        var errors = SettingsText.Read("""
            {
              "Hub": { "HostNam": "x", "Port": 0 },
              "Lines": [ { "Port": "/dev/ttyUSB0", "BaudRate": "fast", "Mcus": [ { "Id": "a" }, { "Id": "a", "Address": 400 } ] } ],
              "Module": { "StopTimeout": "soon" }
            }
            """).Errors;

        errors.Select(e => e.Key).Should().BeEquivalentTo(
            "Hub:HostNam", "Hub:Port", "Lines:0:BaudRate", "Lines:0:HalfDuplex", "Lines:0:Mcus:0:Address", "Lines:0:Mcus:1:Id",
            "Lines:0:Mcus:1:Address", "Module:StopTimeout");
    }

    [Fact]
    public void Read_SecretUnderMisspeltKey_IsNotShown()
    {
        var error = SettingsText.Read("""{ "Hub": { "SharedAccesKey": "c2VjcmV0" } }""").Errors.Should().ContainSingle().Subject;

        error.ToString().Should().NotContain("c2VjcmV0");
    }
}
