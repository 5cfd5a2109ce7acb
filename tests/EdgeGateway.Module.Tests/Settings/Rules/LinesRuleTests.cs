namespace EdgeGateway.Module.Tests.Settings.Rules;

public sealed class LinesRuleTests
{
    [Fact]
    public void Check_SeveralLinesAndABus_HasNoMistakes() => SettingsText.Mistakes("""
        { "Lines": [
            { "Port": "/dev/ttyUSB0", "Mcus": [ { "Id": "a" } ] },
            { "Port": "/dev/ttyUSB1", "HalfDuplex": true, "Mcus": [ { "Id": "b", "Address": 1 }, { "Id": "c", "Address": 247 } ] },
            { "Port": "tcp://10.0.0.1:4001", "Mcus": [ { "Id": "d", "Address": 1 } ] } ] }
        """).Should().BeEmpty();

    [Fact]
    public void Check_SameIdOnTwoLines_NamesBoth() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x" } ] }, { "Port": "/dev/b", "Mcus": [ { "Id": "x" } ] } ] }
        """).Should().ContainSingle().Which.Should().StartWith("Lines:1:Mcus:0:Id = 'x'").And.EndWith("an id of its own: Lines:0:Mcus:0:Id is the same");

    [Fact]
    public void Check_IdsThatDifferInCase_AreTwo() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x" } ] }, { "Port": "/dev/b", "Mcus": [ { "Id": "X" } ] } ] }
        """).Should().BeEmpty();

    [Fact]
    public void Check_SameAddressOnABus_NamesBoth() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "/dev/a", "HalfDuplex": true, "Mcus": [ { "Id": "x", "Address": 7 }, { "Id": "y", "Address": 7 } ] } ] }
        """).Should().ContainSingle().Which.Should().StartWith("Lines:0:Mcus:1:Address = '7'").And.Contain("Lines:0:Mcus:0:Address is the same");

    [Fact]
    public void Check_SameAddressOnTwoLines_IsFine() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x", "Address": 7 } ] }, { "Port": "/dev/b", "Mcus": [ { "Id": "y", "Address": 7 } ] } ] }
        """).Should().BeEmpty();

    [Theory]
    [InlineData("/dev/ttyS9", "/dev/ttyS9")]
    [InlineData("/dev/serial/by-id/board", "board")]
    [InlineData("/dev/ttyS9", "/dev/../dev/ttyS9")]
    [InlineData("tcp://Host:4001", "tcp://host:4001/")]
    public void Check_OnePortUnderTwoNames_IsNamed(string first, string second) => SettingsText.Mistakes($$"""
        { "Lines": [ { "Port": "{{first}}" }, { "Port": "{{second}}" } ] }
        """).Should().ContainSingle().Which.Should().StartWith($"Lines:1:Port = '{second}'").And.EndWith("Lines:0:Port is the same");

    [Fact]
    public void Check_LinkToAPort_IsTheSamePort()
    {
        using var folder = new Testing.TempFolder();
        File.WriteAllText(folder.File("ttyX"), "");
        File.CreateSymbolicLink(folder.File("by-id"), folder.File("ttyX"));

        SettingsText.Mistakes($$"""{ "Lines": [ { "Port": "{{folder.File("ttyX")}}" }, { "Port": "{{folder.File("by-id")}}" } ] }""")
            .Should().ContainSingle().Which.Should().Contain("Lines:0:Port is the same");
    }

    [Fact]
    public void Check_SeveralOnALineThatIsNoBus_IsNamed() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x", "Address": 1 }, { "Id": "y", "Address": 2 } ] } ] }
        """).Should().ContainSingle().Which.Should().Be("Lines:0:HalfDuplex = 'false': expected true, or one microcontroller: the line has 2");

    [Theory]
    [InlineData(-1)]
    [InlineData(248)]
    public void Check_AddressOutOfRange_IsNamed(int address) => SettingsText.Mistakes($$"""
        { "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x", "Address": {{address}} } ] } ] }
        """).Should().ContainSingle().Which.Should().Contain($"'{address}'").And.EndWith("expected 0 to 247");

    [Fact]
    public void Check_BusWithoutAddress_IsNamed() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "/dev/a", "HalfDuplex": true, "Mcus": [ { "Id": "x" } ] } ] }
        """).Should().ContainSingle().Which.Should().StartWith("Lines:0:Mcus:0:Address = '0'").And.Contain("expected 1 to 247");

    [Theory]
    [InlineData("with space")]
    [InlineData("slash/")]
    public void Check_IdThatIsNoDeviceId_IsNamed(string id) => SettingsText.Mistakes($$"""
        { "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "{{id}}" } ] } ] }
        """).Should().ContainSingle().Which.Should().Contain("expected a device id");

    [Fact]
    public void Check_PortThatIsNone_IsNamed() => SettingsText.Mistakes("""
        { "Lines": [ { "Port": "dev/ttyUSB0" } ] }
        """).Should().ContainSingle().Which.Should().Contain("Lines:0:Port = 'dev/ttyUSB0'").And.Contain("absolute path");
}
