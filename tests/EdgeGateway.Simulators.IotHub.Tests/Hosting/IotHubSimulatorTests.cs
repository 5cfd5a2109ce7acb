using System.Net;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Hosting;

public sealed class IotHubSimulatorTests
{
    [Fact]
    public async Task Start_SameFolder_GoesOnWhereItStood()
    {
        using var folder = new TempFolder();
        var options = new IotHubSimulatorOptions { DataFolder = folder.Path };
        var time = new VirtualTime();
        string connection;
        JsonObject twin;
        await using (var first = await IotHubSimulator.StartAsync(options, time))
        {
            connection = first.ConnectionString;
            var device = first.Registry.CreateDevice("mcu-1", SymmetricKey.New());
            first.Registry.CreateModule("mcu-1", "m");
            first.Registry.Update(device.Name, new IdentityChange(Enabled: false), null);
            device.Twin.PatchDesired(new JsonObject { ["x"] = 1 });
            twin = device.Twin.Save();
        }

        await using var second = await IotHubSimulator.StartAsync(options, time);

        second.ConnectionString.Should().Be(connection);
        second.Registry.All.Select(i => i.Name.ToString()).Should().Equal("mcu-1", "mcu-1/m");
        var restored = second.Registry.Get(new IdentityName("mcu-1"));
        restored.Record.Enabled.Should().BeFalse();
        JsonNode.DeepEquals(restored.Twin.Save(), twin).Should().BeTrue();
    }

    [Fact]
    public async Task Start_ChangeWithoutStop_IsOnDiskSoon()
    {
        using var folder = new TempFolder();
        var time = new VirtualTime();
        await using var hub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions { DataFolder = folder.Path }, time);
        hub.Registry.CreateDevice("mcu-1");

        time.Advance(TimeSpan.FromSeconds(2));

        (await File.ReadAllTextAsync(folder.File("registry.json"))).Should().Contain("mcu-1");
    }

    [Fact]
    public async Task Ready_LineAndFile_SayTheSameAndTheFileIsSecret()
    {
        using var folder = new TempFolder();
        await using var hub = await IotHubSimulator.StartAsync(
            new IotHubSimulatorOptions { DataFolder = folder.Path, MqttPort = 0, HttpsPort = 0 }, new VirtualTime());

        ReadyLine.Write(hub, folder.Path);

        var file = folder.File("ready.json");
        ReadyLine.For(hub).Should().Be("READY " + (await File.ReadAllTextAsync(file)).TrimEnd());
        new FileInfo(file).UnixFileMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Start_BrokenRegistry_SaysWhichFile()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("registry.json"), "[{}]");

        await FluentActions.Awaiting(() => IotHubSimulator.StartAsync(new IotHubSimulatorOptions { DataFolder = folder.Path }))
            .Should().ThrowAsync<InvalidDataException>().WithMessage("*registry.json*");
    }

    [Fact]
    public async Task Start_TwoHubs_ListenOnTheirOwnAddresses()
    {
        await using var first = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions { Address = IPAddress.Parse("127.0.0.2") });
        await using var second = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions
        {
            Address = IPAddress.Parse("127.0.0.3"),
            MqttPort = first.MqttEndpoint.Port,
        });

        first.MqttEndpoint.Address.Should().Be(IPAddress.Parse("127.0.0.2"));
        second.MqttEndpoint.Should().Be(new IPEndPoint(IPAddress.Parse("127.0.0.3"), first.MqttEndpoint.Port));
    }

    [Fact]
    public async Task Start_PortTaken_IsAnIOException()
    {
        await using var first = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions());

        await FluentActions.Awaiting(() => IotHubSimulator.StartAsync(new IotHubSimulatorOptions { MqttPort = first.MqttEndpoint.Port }))
            .Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task ReadyLine_Running_TellsWhereEverythingIs()
    {
        await using var hub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions { HostName = "hub.local" });

        var line = ReadyLine.For(hub);

        line.Should().StartWith("READY {").And.NotContain("\n");
        var json = JsonNode.Parse(line["READY ".Length..])!;
        json["mqtt"]!.GetValue<string>().Should().Be($"127.0.0.1:{hub.MqttEndpoint.Port}");
        json["https"]!.GetValue<string>().Should().Be($"https://127.0.0.1:{hub.HttpsEndpoint.Port}");
        json["hostName"]!.GetValue<string>().Should().Be("hub.local");
        File.Exists(json["ca"]!.GetValue<string>()).Should().BeTrue();
        json["connectionString"]!.GetValue<string>().Should().StartWith("HostName=hub.local;SharedAccessKeyName=iothubowner;SharedAccessKey=");
    }

    [Fact]
    public async Task Dispose_TemporaryFolder_IsRemoved()
    {
        var hub = await IotHubSimulator.StartAsync(new IotHubSimulatorOptions());
        var folder = Path.GetDirectoryName(hub.CaFile)!;
        Directory.Exists(folder).Should().BeTrue();

        await hub.DisposeAsync();

        Directory.Exists(folder).Should().BeFalse();
    }
}
