using System.Net;
using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Tests.Hub;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Fleet;

public sealed class FleetWatcherTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new();
    private FakeHub _hub = null!;

    public async Task InitializeAsync() => _hub = await FakeHub.StartAsync();

    public Task DisposeAsync() => _hub.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WaitForClass_AllReported_IsTheirClass()
    {
        Report("mcu-01", "MCU-A");
        Report("mcu-02", "MCU-A");
        using var client = _hub.Client();

        var found = await Watcher(client).WaitForClassAsync(Limit, CancellationToken.None);

        found.Should().Be(new DeviceClass("Contoso", "MCU-A"));
    }

    [Fact]
    public async Task WaitForClass_OneIsSilent_NamesItWhenTimeIsUp()
    {
        Report("mcu-01", "MCU-A");
        Answer("mcu-02", """{"gateway":{"link":{"state":"Offline","message":"the port is missing"}}}""");
        using var client = _hub.Client();

        var wait = () => Watcher(client).WaitForClassAsync(TimeSpan.Zero, CancellationToken.None);

        (await wait.Should().ThrowAsync<DemoFailedException>())
            .WithMessage("1 of 2 microcontrollers did not report what they are within 0 s: mcu-02 (the port is missing)");
    }

    [Fact]
    public async Task WaitForClass_TwoClasses_IsRefused()
    {
        Report("mcu-01", "MCU-A");
        Report("mcu-02", "MCU-B");
        using var client = _hub.Client();

        var wait = () => Watcher(client).WaitForClassAsync(Limit, CancellationToken.None);

        (await wait.Should().ThrowAsync<DemoFailedException>()).WithMessage("the microcontrollers are of 2 classes*");
    }

    [Fact]
    public async Task Look_TellsEachByTwinAndTruth()
    {
        Report("mcu-01", "MCU-A");
        Report("mcu-02", "MCU-A");
        using var client = _hub.Client();
        var watcher = Watcher(client);
        WriteState("mcu-01", Some.OldTruth);
        WriteState("mcu-02", Some.OldTruth);
        await watcher.WaitForClassAsync(Limit, CancellationToken.None);

        WriteState("mcu-02", Some.NewTruth);
        Answer("mcu-02", """
            {"gateway":{"phase":"Succeeded"},"deviceUpdate":{"agent":{"state":0,"workflow":{"id":"w-1"},
             "installedUpdateId":"{\"provider\":\"Contoso\",\"name\":\"Mcu\",\"version\":\"2.0.0\"}"}}}
            """);
        var fleet = await watcher.LookAsync(Some.Order, TimeSpan.FromSeconds(5), CancellationToken.None);

        fleet.Mcus.Select(mcu => (mcu.Id, mcu.From, mcu.Outcome.State)).Should().Equal(
            ("mcu-01", "1.0.0", OutcomeState.Pending), ("mcu-02", "1.0.0", OutcomeState.Succeeded));
        fleet.IsOver.Should().BeFalse();
    }

    private FleetWatcher Watcher(EdgeGateway.Simulators.Demo.Hub.HubServiceClient client) =>
        new(["mcu-01", "mcu-02"], client, new McuStateFolder(_folder.Path), TimeProvider.System);

    private void Report(string id, string model) =>
        Answer(
            id,
            """{"deviceUpdate":{"agent":{"deviceProperties":{"manufacturer":"Contoso","model":"THE-MODEL"}}}}""".Replace("THE-MODEL", model));

    private void Answer(string id, string reported) =>
        _hub.Answers[$"GET /twins/{id}"] = (HttpStatusCode.OK, """{"properties":{"desired":{},"reported":""" + reported + "}}");

    private void WriteState(string id, McuTruth truth)
    {
        Directory.CreateDirectory(_folder.File(id));
        File.WriteAllText(
            Path.Combine(_folder.File(id), "state.json"),
            $$"""{"runningVersion":"{{truth.Version}}","runningDigest":"{{truth.Digest}}","bootState":"{{truth.BootState}}"}""");
    }
}
