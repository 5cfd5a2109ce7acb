using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Origin.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lifecycle;

/// <summary>Operators who change their minds: cancel, replace, try again.</summary>
public sealed class OperatorScenarios(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";
    private const int Slow = 230_400;
    private const int Begun = 3200;

    [Fact]
    public async Task Cancel_InMidTransfer_OldImageRunsAndNextDeploymentResumes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = Slow });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var cancelled = site.Publish(FirmwareImage.Of(1));
        site.Deploy(cancelled);
        await site.MidTransferAsync(Mcu, percent: 20);

        site.Desire(Deployment.Cancellation());

        await IsCancelledAsync(site, cancelled);
        site.StillRuns(Mcu, before);
        var later = site.Publish(cancelled.Image);
        site.Deploy(later);
        await site.SucceedsAsync(later);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive("what the microcontroller holds is of use");
    }

    [Fact]
    public async Task Cancel_WhileWaitingForPort_IsCancelled()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        site.Fleet.Unplug(1);
        await site.StartGatewayAsync();
        var cancelled = site.Publish(FirmwareImage.Of(1));
        site.Deploy(cancelled);
        await site.IsHeldUpAsync(cancelled, Mcu, FailureReason.PortMissing);

        site.Desire(Deployment.Cancellation());

        await IsCancelledAsync(site, cancelled);
        site.Fleet.Plug(1);
        await site.Twin(Mcu).WaitAsync(twin => twin.Link == "Online");
        site.Truth(Mcu).BootCount.Should().Be(1);
    }

    [Fact]
    public async Task Cancel_WhileDownloading_IsCancelledAndNextDeploymentSucceeds()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        var cancelled = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(FaultKind.Slow, BytesPerSecond: 1000));
        site.Deploy(cancelled);
        await site.Twin(Mcu).WaitAsync(twin => twin.Phase == "Downloading");

        site.Desire(Deployment.Cancellation());

        await IsCancelledAsync(site, cancelled);
        site.NothingWasOffered();
        site.Origin.Faults.Clear();
        var later = site.Publish(FirmwareImage.Of(2));
        site.Deploy(later);
        await site.SucceedsAsync(later);
    }

    [Fact]
    public async Task Cancel_WhileIdle_SaysNothing()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var done = site.Publish(FirmwareImage.Of(1));
        site.Deploy(done);
        await site.SucceedsAsync(done);

        site.Desire(Deployment.Cancellation());
        await site.Log.WaitAsync(2150, $"{Mcu}: twin read, desired version 3");

        var next = site.Publish(FirmwareImage.Of(2));
        site.Deploy(next);
        await site.SucceedsAsync(next);
        site.Twin(Mcu).History.Should().NotContain(twin => twin.ResultCode == -1);
    }

    [Fact]
    public async Task Cancel_AfterActivation_ComesTooLate()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Fleet = fleet => fleet with { BootTime = TimeSpan.FromSeconds(1) } });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.Fleet.WaitForAsync(Mcu, truth => truth.BootState == BootState.Trial, CancellationToken.None).WaitAsync(ChangeSignal.Patience);

        site.Desire(Deployment.Cancellation());

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).History.Should().NotContain(twin => twin.ResultCode == -1);
    }

    [Fact]
    public async Task Retry_InMidTransfer_GoesOnWhereItStood()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = Slow });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu, percent: 20);

        var retry = deployment with { RetryTimestamp = "2026-11-01T10:00:00Z" };
        site.Deploy(retry);

        await site.SucceedsAsync(retry);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
        site.Truth(Mcu).BootCount.Should().Be(2);
    }

    [Fact]
    public async Task Replace_InMidTransfer_OnlyTheSecondIsInstalled()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = Slow });
        var first = site.Publish(FirmwareImage.Of(1));
        var second = site.Publish(FirmwareImage.Of(2));
        site.Deploy(first);
        await site.MidTransferAsync(Mcu, percent: 20);

        site.Deploy(second);

        await site.SucceedsAsync(second);
        site.Truth(Mcu).BootCount.Should().Be(2);
        site.Twin(Mcu).Now.ResumedAt.Should().Be(0, "what the microcontroller holds is of another image");
        site.Twin(Mcu).History.Should().NotContain(
            twin => twin.WorkflowId == first.WorkflowId && twin.AgentState != 6, "the service has lost interest in the first");
    }

    [Fact]
    public async Task Retry_AfterFailure_Succeeds()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(FaultKind.NotFound));
        site.Deploy(deployment);
        await site.FailsAsync(deployment, Mcu, FailureReason.ContentNotFound, before);
        site.Origin.Faults.Clear();

        var retry = deployment with { RetryTimestamp = "2026-11-01T10:00:00Z" };
        site.Deploy(retry);

        await site.SucceedsAsync(retry);
        site.Log.Entries.Count(entry => entry.EventId == Begun).Should().Be(2);
    }

    private static async Task IsCancelledAsync(ScenarioSite site, Deployment deployment)
    {
        var twin = await site.Twin(Mcu).WaitAsync(t => t.AgentState == 0 && t.WorkflowId == deployment.WorkflowId && t.Phase == "Cancelled");
        twin.ResultCode.Should().Be(-1);
        twin.Installed.Should().BeNull();
        twin.Error.Should().Be(nameof(FailureReason.Cancelled));
    }
}
