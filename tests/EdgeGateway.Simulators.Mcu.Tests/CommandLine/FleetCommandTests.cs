using System.Net;
using EdgeGateway.Simulators.Mcu.CommandLine;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Simulators.Mcu.Tests.CommandLine;

public sealed class FleetCommandTests
{
    private readonly FleetCommand _command = new();

    [Fact]
    public void Read_NoArguments_GivesTheDefaultsOfTheOptions()
    {
        var options = Read("--seed", "1", "--state", "/x");

        options.Should().BeEquivalentTo(new FleetOptions { StateFolder = "/x", Seed = 1 });
    }

    [Fact]
    public void Read_AllArguments_AreTaken() => Read(
        "--mcus", "8", "--bus", "4", "--echo", "--baud", "921600", "--latency", "0.5", "--noise", "1e-6", "--lost", "1e-5", "--doubled", "2e-5",
        "--inserted", "3e-5", "--seed", "7", "--state", "/s", "--links", "/l", "--tcp", "--listen", "0.0.0.0:7001", "--first", "9", "--slot-size", "65536", "--erase-block", "2048",
        "--program-unit", "4", "--erase-ms", "20", "--program-us", "50", "--window", "4096", "--max-payload", "256", "--max-ranges", "0",
        "--boot-ms", "100", "--vendor", "V", "--model", "M", "--hardware", "r9", "--fault", "silent@mcu-02", "--fault", "bit-rot")
        .Should().BeEquivalentTo(new FleetOptions
        {
            Mcus = 8,
            McusPerLine = 4,
            Echo = true,
            Line = new LineOptions
            {
                Baud = 921600,
                Latency = TimeSpan.FromMilliseconds(0.5),
                BitErrorRate = 1e-6,
                LostRate = 1e-5,
                DoubledRate = 2e-5,
                InsertedRate = 3e-5,
            },
            Seed = 7,
            StateFolder = "/s",
            LinksFolder = "/l",
            Tcp = true,
            Listen = new IPEndPoint(IPAddress.Any, 7001),
            First = 9,
            Geometry = new FlashGeometry { SlotSize = 65536, EraseBlock = 2048, ProgramUnit = 4 },
            EraseTime = TimeSpan.FromMilliseconds(20),
            ProgramTime = TimeSpan.FromMicroseconds(50),
            Window = 4096,
            MaxPayload = 256,
            MaxRanges = 0,
            BootTime = TimeSpan.FromMilliseconds(100),
            Vendor = "V",
            Model = "M",
            HardwareRevision = "r9",
            Faults = [new FaultSpec(FaultKind.Silent, McuId: "mcu-02"), new FaultSpec(FaultKind.BitRot)],
        });

    [Theory]
    [InlineData("--mcus", "many")]
    [InlineData("--listen", "here:1")]
    [InlineData("--no-such-option", "1")]
    public void Parse_Wrong_IsAnError(string name, string value) => _command.Parse([name, value]).Errors.Should().NotBeEmpty();

    private FleetOptions Read(params string[] arguments)
    {
        var parsed = _command.Parse(arguments);
        parsed.Errors.Should().BeEmpty();
        return _command.Read(parsed);
    }
}
