using System.Text.Json;
using System.Net;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Mcu.Tests.Host;

public sealed class McuFleetTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Lines_OnPseudoTerminals_AreAnswered()
    {
        using var fleet = await StartAsync(Options());
        foreach (var line in fleet.Lines)
        {
            using var port = new HostPort(line.Port);
            var info = await port.HelloAsync();
            info.SerialNumber.Should().Be(fleet.Inspect(line.Mcus.Single().Id).SerialNumber);
            line.Mcus.Single().Address.Should().Be(0);
        }

        fleet.Lines.Select(line => Path.GetFileName(line.Port)).Should().Equal("line-1", "line-2");
        fleet.Ended.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task CutPower_StateFolderGone_TellsTheCallerAndTheFleetCanBeEnded()
    {
        using var fleet = await StartAsync(Options());
        Directory.Delete(Path.Combine(_folder.Path, "mcu-02"), recursive: true);

        fleet.Invoking(f => f.CutPower("mcu-02")).Should().Throw<IOException>("the caller hears of it where the caller caused it");
        fleet.Invoking(f => f.Dispose()).Should().NotThrow();
        fleet.Ended.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task Lines_OnTcp_AreAnsweredAndMayBeOpenedAgain()
    {
        using var fleet = await StartAsync(Options() with { Tcp = true, Mcus = 1 });
        for (var i = 0; i < 2; i++)
        {
            using var port = new HostPort(fleet.Lines.Single().Port);
            (await port.HelloAsync()).RunningVersion.Should().Be("1.0.0");
        }
    }

    [Fact]
    public async Task Lines_FirstPortGiven_TakeTheNextOnesAndNumbersCountFromTheFirst()
    {
        // no other test takes ports of this address
        var listen = new IPEndPoint(IPAddress.Parse("127.0.0.77"), 0);
        using (var earlier = await StartAsync(Options() with { Tcp = true, Mcus = 1, Listen = listen }))
        {
            listen.Port = new Uri(earlier.Lines.Single().Port).Port;
        }

        using var fleet = await StartAsync(Options() with { Tcp = true, Mcus = 1, First = 12, Listen = listen });

        fleet.Lines.Single().Port.Should().Be($"tcp://{listen}");
        fleet.McuIds.Should().Equal("mcu-12");
    }

    [Fact]
    public async Task Bus_EachAddress_IsAnswered()
    {
        using var fleet = await StartAsync(Options() with { Mcus = 5, McusPerLine = 3 });
        fleet.Lines.Should().HaveCount(2).And.OnlyContain(line => line.HalfDuplex);
        using var port = new HostPort(fleet.Lines[0].Port);
        foreach (var member in fleet.Lines[0].Mcus)
        {
            (await port.HelloAsync(member.Address)).Should().BeEquivalentTo(
                new { HalfDuplex = true, fleet.Inspect(member.Id).SerialNumber });
        }
    }

    [Fact]
    public async Task Unplug_ThenPlug_PortComesBackUnderItsName()
    {
        using var fleet = await StartAsync(Options());
        var path = fleet.Lines[0].Port;
        using (var before = new HostPort(path))
        {
            await before.HelloAsync();
            fleet.Unplug(1);
            await before.HangUpAsync();
        }

        File.Exists(path).Should().BeFalse();
        new FileInfo(path).LinkTarget.Should().BeNull();
        fleet.Plug(1);
        using var after = new HostPort(path);
        (await after.HelloAsync()).SerialNumber.Should().Be("SN00000001");
    }

    [Fact]
    public async Task CutPower_ThenPowerOn_BootsAgainAndTheTruthFileSaysSo()
    {
        using var fleet = await StartAsync(Options());
        fleet.CutPower("mcu-02");
        Truth("mcu-02").GetProperty("powered").GetBoolean().Should().BeFalse();

        fleet.PowerOn("mcu-02");
        var snapshot = await fleet.WaitForAsync("mcu-02", now => now is { Powered: true, BootCount: 2 }, default).WaitAsync(Patience);

        var truth = Truth("mcu-02");
        truth.GetProperty("bootCount").GetInt32().Should().Be(2);
        truth.GetProperty("runningDigest").GetString().Should().Be(snapshot.RunningDigest.ToString());
        truth.GetProperty("runningSlot").GetString().Should().Be("A");
        truth.GetProperty("bootState").GetString().Should().Be("confirmed");
        truth.GetProperty("runningVersion").GetString().Should().Be("1.0.0");
        truth.GetProperty("serialNumber").GetString().Should().Be("SN00000002");
    }

    [Fact]
    public async Task New_OnAnExistingState_GoesOnWithIt()
    {
        Sha256Digest first;
        using (var fleet = await StartAsync(Options() with { Seed = 1 }))
        {
            first = fleet.Inspect("mcu-01").RunningDigest;
        }

        using var again = await StartAsync(Options() with { Seed = 2 });
        again.Inspect("mcu-01").Should().BeEquivalentTo(new { RunningDigest = first, BootCount = 2u, RunningSlot = Slot.A });
    }

    [Fact]
    public async Task New_SameSeed_MakesTheSameImage()
    {
        using var one = await StartAsync(Options() with { StateFolder = _folder.File("one"), Seed = 42 });
        using var two = await StartAsync(Options() with { StateFolder = _folder.File("two"), Seed = 42 });
        using var three = await StartAsync(Options() with { StateFolder = _folder.File("three"), Seed = 43 });

        two.Inspect("mcu-01").RunningDigest.Should().Be(one.Inspect("mcu-01").RunningDigest);
        three.Inspect("mcu-01").RunningDigest.Should().NotBe(one.Inspect("mcu-01").RunningDigest);
    }

    [Fact]
    public async Task Faults_OfOne_LeaveTheOthersAlone()
    {
        using var fleet = await StartAsync(Options() with
        {
            Mcus = 3,
            McusPerLine = 3,
            Faults = [FaultSpec.Parse("duplicate-serial@mcu-02"), FaultSpec.Parse("duplicate-address@mcu-03")],
        });

        fleet.Inspect("mcu-02").SerialNumber.Should().Be("SN00000001");
        fleet.Lines.Single().Mcus.Select(mcu => mcu.Address).Should().Equal(1, 2, 2);
    }

    [Fact]
    public void New_FaultOfNobody_Throws()
    {
        var make = () => new McuFleet(Options() with { Faults = [FaultSpec.Parse("silent@mcu-77")] }, TimeProvider.System);

        make.Should().Throw<ArgumentException>().WithMessage("*mcu-77*mcu-01 to mcu-02*");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5000, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 248)]
    public void New_CountsOutOfRange_Throws(int mcus, int perLine)
    {
        var make = () => new McuFleet(Options() with { Mcus = mcus, McusPerLine = perLine }, TimeProvider.System);

        make.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task Inspect_UnknownId_NamesThoseThatAreThere()
    {
        using var fleet = await StartAsync(Options());

        fleet.Invoking(f => f.Inspect("mcu-9")).Should().Throw<ArgumentException>().WithMessage("*mcu-01 to mcu-02*");
        fleet.Invoking(f => f.Unplug(3)).Should().Throw<ArgumentException>().WithMessage("*1 to 2*");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<McuFleet> StartAsync(FleetOptions options)
    {
        var fleet = new McuFleet(options, TimeProvider.System);
        fleet.Start();
        foreach (var id in fleet.McuIds)
        {
            await fleet.WaitForAsync(id, snapshot => snapshot.IsUp, default).WaitAsync(Patience);
        }

        return fleet;
    }

    private FleetOptions Options() => new()
    {
        StateFolder = _folder.Path,
        Mcus = 2,
        BootTime = TimeSpan.FromMilliseconds(5),
        Geometry = new FlashGeometry { SlotSize = 64 * 1024 },
    };

    private JsonElement Truth(string id) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, id, "state.json"))).RootElement;
}
