using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class McuWorkflowRetryTests
{
    [Fact]
    public Task Retry_WaitsLongerEachTimeUpToTheLimit() => Scenario.RunAsync(async s =>
    {
        s.Options.RetryBase = TimeSpan.FromSeconds(10);
        s.Options.RetryMax = TimeSpan.FromSeconds(60);
        s.Options.MaxAttempts = 6;
        var times = new List<DateTimeOffset>();
        s.Store.Hook = (_, _, _) =>
        {
            times.Add(s.Time.GetUtcNow());
            throw new ContentException(ContentFailure.Unreachable, "no route");
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).Should().Equal(10, 20, 40, 60, 60);
    });

    [Fact]
    public Task Retry_WhileWaiting_SaysWhenAndWhy() => Scenario.RunAsync(async s =>
    {
        s.Store.Hook = (_, _, _) => throw new ContentException(ContentFailure.Unreachable, "no route");
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingToRetry);

        s.Status.NextRetryAt.Should().BeAfter(s.Time.GetUtcNow());
        s.Status.LastErrorText.Should().Be("no route");
        s.Observer.Reports[^1].ResultDetails.Should().Be("no route");
        s.Observer.Reports.Should().HaveCount(2);
    });

    [Fact]
    public Task Retry_DownloadGetsFurtherEachTime_CostsNoAttempt() => Scenario.RunAsync(async s =>
    {
        var present = 0L;
        s.Options.MaxAttempts = 1;
        s.Store.Hook = (content, progress, _) =>
        {
            present += 1000;
            progress!.Report(present);
            return present < content.Size ? throw new ContentException(ContentFailure.Unreachable, "broke off") : Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Status.Attempt.Should().Be(1);
    });

    [Fact]
    public Task Transfer_PowerCutsThatLetItGetFurther_CostNoAttemptAndResume() => Scenario.RunAsync(async s =>
    {
        s.Options.MaxAttempts = 1;
        s.Mcu.Before = (c, _) =>
        {
            if (c == "Chunk" && s.Mcu.Count("Chunk") % 3 == 0)
            {
                s.Mcu.CutPower();
                throw new McuException(McuFailure.SessionLost, "it restarted");
            }

            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.BytesSent.Should().Be(s.New.Bytes.Length, "what is in flash is not sent again");
        s.Status.ResumedAt.Should().BePositive();
        s.Status.Attempt.Should().Be(1);
    });

    [Fact]
    public Task Transfer_UnpluggedForAnHour_WaitsAndResumes() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (c, _) =>
        {
            if (c == "Chunk" && s.Mcu.Count("Chunk") == 5)
            {
                s.Mcu.LineFailure = LinkFailure.Unplugged;
            }

            return Task.CompletedTask;
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingForMcu);
        s.Mcu.LineFailure = LinkFailure.Missing;
        await s.PassAsync(TimeSpan.FromHours(1));

        s.Status.Should().Match<McuStatus>(x => x.Phase == UpdatePhase.WaitingForMcu && x.Link == McuLinkState.Offline
            && x.LastError == FailureReason.PortMissing && x.Attempt == 1);
        s.Mcu.LineFailure = null;
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.BytesSent.Should().Be(s.New.Bytes.Length);
        s.Status.ResumedAt.Should().Be(4000);
    });

    [Fact]
    public Task Deploy_McuIsOffline_IsNoFailureAndRunsWhenItAppears() => Scenario.RunAsync(async s =>
    {
        s.Mcu.IsSilent = true;
        s.Start();
        s.Deploy();
        await s.PassAsync(TimeSpan.FromHours(2));

        s.Status.Phase.Should().Be(UpdatePhase.WaitingForMcu);
        s.Observer.Ends.Should().BeEmpty();
        s.Observer.Reports.Count.Should().BeLessThanOrEqualTo(3, "an absence is told once");

        s.Mcu.IsSilent = false;
        var back = s.Time.GetUtcNow();
        await s.WaitForAsync(UpdatePhase.Succeeded);
        (s.Time.GetUtcNow() - back).Should().BeLessThan(s.Options.PingInterval + TimeSpan.FromSeconds(10));
    });

    [Theory]
    [InlineData(LinkFailure.Missing, FailureReason.PortMissing)]
    [InlineData(LinkFailure.Busy, FailureReason.PortBusy)]
    [InlineData(LinkFailure.NoPermission, FailureReason.PortNoPermission)]
    [InlineData(LinkFailure.Unplugged, FailureReason.PortUnplugged)]
    [InlineData(LinkFailure.BadSettings, FailureReason.PortBadSettings)]
    [InlineData(LinkFailure.Io, FailureReason.PortIo)]
    public Task Deploy_LineCannotBeUsed_WaitsWithItsReason(LinkFailure failure, FailureReason reason) => Scenario.RunAsync(async s =>
    {
        s.Mcu.LineFailure = failure;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingForMcu);

        s.Status.LastError.Should().Be(reason);
        s.Status.LinkReason.Should().Be(reason);
        s.Observer.Reports[^1].ExtendedResultCode.Should().Be(ExtendedResultCode.OfGateway((int)reason));
    });

    [Fact]
    public Task Retry_FullJitter_StaysWithinItsBounds() => Scenario.RunAsync(async s =>
    {
        s.Random = () => 0.5;
        s.Options.RetryBase = TimeSpan.FromSeconds(10);
        var times = new List<DateTimeOffset>();
        s.Store.Hook = (_, _, _) =>
        {
            times.Add(s.Time.GetUtcNow());
            throw new ContentException(ContentFailure.Unreachable, "no route");
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Failed);

        times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).Should().Equal(5, 10, 20, 40);
    });
}
