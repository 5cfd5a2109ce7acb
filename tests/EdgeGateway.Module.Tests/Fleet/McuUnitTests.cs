using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Serial;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Module.Tests.Fleet;

public sealed class McuUnitTests : IAsyncLifetime
{
    private readonly VirtualTime _time = new();
    private readonly FakeWorkflows _workflows = new();
    private readonly FakeConnections _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly McuUnit _unit;

    public McuUnitTests() => _unit = new McuUnit(
        new McuId("mcu-1"),
        new FakePorts().Create(new LineSettings { Port = "/dev/a" }, new McuSettings { Id = "mcu-1" }),
        new McuUnitServices(
            _workflows,
            _connections,
            new FixedOptions<ModuleOptions>(new ModuleOptions()),
            new UpdateMetrics(new TestMeterFactory()),
            _time,
            NullLogger<EdgeGateway.Module.Methods.MethodTable>.Instance,
            NullLogger<McuUnit>.Instance));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _unit.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task RunAsync_Started_ConnectsWithTheModelOfDeviceUpdate()
    {
        var run = _unit.RunAsync(_stop.Token);
        await _workflows.NextAsync();

        _connections["mcu-1"].Started.Should().BeTrue();
        _connections["mcu-1"].Identity.ModelId.Should().Be(ModelIds.DeviceUpdateModel);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task RunAsync_Crash_IsReportedAndStartedAgainWithTheTwin()
    {
        var run = _unit.RunAsync(_stop.Token);
        var first = await _workflows.NextAsync();
        await _connections["mcu-1"].SendTwinAsync("{}", 4);
        first.Crash("a bug");
        await _time.UntilAsleepAsync(1);

        _connections["mcu-1"].Reported["gateway"]!["lastError"]!["reason"]!.GetValue<string>().Should().Be("Internal");
        _connections["mcu-1"].Reported["gateway"]!["lastError"]!["message"]!.GetValue<string>().Should().Contain("a bug");
        _time.Advance(TimeSpan.FromSeconds(5));
        var second = await _workflows.NextAsync();

        second.Twins.Should().ContainSingle().Which.Version.Should().Be(4);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task RunAsync_WorkflowThatEndsByItself_IsStartedAgain()
    {
        var run = _unit.RunAsync(_stop.Token);
        (await _workflows.NextAsync()).End();
        await _time.UntilAsleepAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));

        await _workflows.NextAsync();
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task RunAsync_WorkflowThatCannotBeMade_IsTriedAgain()
    {
        _workflows.Failure = new IOException("the journal is on fire");
        var run = _unit.RunAsync(_stop.Token);
        await _time.UntilAsleepAsync(1);
        _workflows.Failure = null;
        _time.Advance(TimeSpan.FromSeconds(5));

        await _workflows.NextAsync();
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileItWaits_EndsAtOnce()
    {
        var run = _unit.RunAsync(_stop.Token);
        (await _workflows.NextAsync()).Crash("a bug");
        await _time.UntilAsleepAsync(1);

        await _stop.CancelAsync();

        await run.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task RunAsync_CrashAfterALongRun_CountsAsTheFirst()
    {
        var first = new ModuleOptions().CrashRestartDelay;
        var run = _unit.RunAsync(_stop.Token);
        foreach (var factor in new[] { 1, 2, 4 })
        {
            (await _workflows.NextAsync()).Crash("a bug");
            await _time.WaitForTimerAsync(first * factor);
            _time.Advance(first * factor);
        }

        var recovered = await _workflows.NextAsync();
        _time.Advance(McuUnit.Recovered);
        recovered.Crash("a bug");

        await _time.WaitForTimerAsync(first);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Limit);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(4, 40)]
    [InlineData(7, 300)]
    [InlineData(1000, 300)]
    public void RestartDelay_EachCrash_DoublesUpToTheLimit(int crashes, int seconds) =>
        McuUnit.RestartDelay(TimeSpan.FromSeconds(5), crashes).Should().Be(TimeSpan.FromSeconds(seconds));
}
