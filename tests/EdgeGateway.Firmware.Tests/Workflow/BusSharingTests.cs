using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class BusSharingTests
{
    [Fact]
    public Task TwoMcusOnOneBus_DownloadTogetherAndTransferInTurn() => Scenario.RunAsync(async s =>
    {
        using var bus = new SemaphoreSlim(1, 1);
        using var stop = new CancellationTokenSource();
        var factory = new McuWorkflowFactory(
            s.Store, new NoSignatureVerifier(), new FixedOptions<FirmwareOptions>(s.Options), s.Time, s.Logs);
        var mcus = new List<FakeMcu>();
        var workflows = new List<IMcuWorkflow>();
        var transferring = 0;
        var most = 0;
        for (var i = 1; i <= 3; i++)
        {
            var mcu = new FakeMcu(s.Time, s.Old, bus) { Images = { s.Old, s.New } };
            mcu.Before = async (call, ct) =>
            {
                if (call == "Chunk")
                {
                    most = Math.Max(most, ++transferring);
                    await Task.Delay(TimeSpan.FromSeconds(1), s.Time, ct);
                    transferring--;
                }
            };
            mcus.Add(mcu);
            workflows.Add(factory.Create(new McuId($"mcu-{i}"), mcu, new RecordingObserver(), new MemoryJournal(), s.Random));
        }

        var running = workflows.Select(w => w.RunAsync(stop.Token)).ToList();
        await s.PassAsync(TimeSpan.FromSeconds(1));
        workflows.ForEach(w => w.SetTwin(Deployments.Read(Deployments.Desired("d", Deployments.Manifest(s.New)))));
        await s.WaitAsync(() => workflows.Count(w => w.Status.Phase == UpdatePhase.Transferring) == 1);

        workflows.Select(w => w.Status.Phase).Order().Should().Equal(
            UpdatePhase.WaitingForLine, UpdatePhase.WaitingForLine, UpdatePhase.Transferring);
        s.Store.Wanted.Should().HaveCount(3, "nobody waits for the bus to download");
        await s.WaitAsync(() => workflows.TrueForAll(w => w.Status.Phase == UpdatePhase.Succeeded));

        most.Should().Be(1);
        mcus.Should().OnlyContain(m => m.Running == s.New && m.BootState == BootState.Confirmed);
        stop.Cancel();
        await s.WaitAsync(() => running.TrueForAll(r => r.IsCompletedSuccessfully));
    });
}
