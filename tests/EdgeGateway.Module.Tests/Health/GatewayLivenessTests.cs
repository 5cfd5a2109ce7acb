using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NSubstitute;

namespace EdgeGateway.Module.Tests.Health;

public sealed class GatewayLivenessTests : IAsyncLifetime
{
    private readonly VirtualTime _time = new();
    private readonly IDeviceConnection _connection = Substitute.For<IDeviceConnection>();
    private readonly FakeWorkflows _workflows = new();
    private readonly FleetPulse _pulse;
    private readonly McuFleet _fleet;
    private readonly GatewayLiveness _liveness;

    public GatewayLivenessTests()
    {
        var connections = Substitute.For<IDeviceConnectionFactory>();
        connections.Create(default!).ReturnsForAnyArgs(_connection);
        var settings = new GatewaySettings { Lines = [new LineSettings { Port = "/dev/a", Mcus = [new McuSettings { Id = "mcu-1" }] }] };
        _pulse = new FleetPulse(_time);
        _fleet = new McuFleet(
            settings,
            new FakePorts(),
            new McuUnitServices(
                _workflows,
                connections,
                new FixedOptions<ModuleOptions>(new ModuleOptions()),
                new UpdateMetrics(new TestMeterFactory()),
                _time,
                NullLogger<EdgeGateway.Module.Methods.MethodTable>.Instance,
                NullLogger<McuUnit>.Instance),
            NullLogger<McuFleet>.Instance);
        _liveness = new GatewayLiveness(_fleet, _pulse);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    [Fact]
    public async Task Check_LoopsRun_IsAlive()
    {
        _fleet.Start();
        await _workflows.NextAsync();

        (await CheckAsync()).Should().Be((HealthStatus.Healthy, "all loops run, microcontrollers: 1"));
    }

    [Fact]
    public async Task Check_WorkflowCrashed_IsAliveAsItStartsAgain()
    {
        _fleet.Start();
        (await _workflows.NextAsync()).Crash("a bug");
        await _time.WaitForTimerAsync(new ModuleOptions().CrashRestartDelay);

        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Check_LoopEnded_IsNotAlive()
    {
        var started = new TaskCompletionSource();
        _connection.When(c => c.Start(Arg.Any<IDeviceHandler>())).Do(_ =>
        {
            started.TrySetResult();
            throw new InvalidOperationException("a bug");
        });
        _fleet.Start();
        await started.Task.WaitAsync(Patience.Limit);
        while (_fleet.DeadUnits.Count == 0)
        {
            await Task.Yield();
        }

        (await CheckAsync()).Should().Be((HealthStatus.Unhealthy, "the work for mcu-1 has ended, and nothing starts it again"));
    }

    [Fact]
    public async Task Check_FleetNotLookedAt_IsNotAliveUntilItIs()
    {
        _time.Advance(GatewayLiveness.Limit);
        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await CheckAsync()).Should().Be((HealthStatus.Unhealthy, "the fleet was last looked at 61 s ago: something hangs"));

        _pulse.Beat();

        (await CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    private async Task<(HealthStatus Status, string? Message)> CheckAsync()
    {
        var result = await _liveness.CheckHealthAsync(new HealthCheckContext());
        return (result.Status, result.Description);
    }
}
