using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class UpdateTraceTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public UpdateTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "EdgeGateway.Updates",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private Activity[] Updates => [.. _ended.Where(a => a.OperationName == "update")];

    [Fact]
    public Task Update_Succeeds_IsOneTraceWithAChildForEachPhase() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => Updates.Length == 1);

        var update = Updates[0];
        update.Parent.Should().BeNull();
        update.GetTagItem("edgegateway.mcu").Should().Be("mcu-01");
        update.GetTagItem("edgegateway.deployment").Should().Be("deploy-1");
        update.GetTagItem("edgegateway.update").Should().Be("Contoso/Mcu/2.0");
        update.GetTagItem("edgegateway.digest").Should().Be(s.New.Digest.ToString());
        update.GetTagItem("edgegateway.attempt").Should().Be(1);
        update.GetTagItem("edgegateway.outcome").Should().Be("Succeeded");
        update.GetTagItem("edgegateway.resumed").Should().Be(false);
        update.GetTagItem("edgegateway.reason").Should().BeNull();
        update.Status.Should().Be(ActivityStatusCode.Unset);
        var phases = _ended.Where(a => a.OperationName != "update").ToArray();
        phases.Select(p => p.OperationName).Should().Equal(
            "Evaluating", "Downloading", "WaitingForLine", "Offering", "Transferring", "Verifying", "Activating", "Confirming");
        phases.Should().OnlyContain(p => p.ParentSpanId == update.SpanId && p.TraceId == update.TraceId);
        phases.Select(p => p.GetTagItem("edgegateway.outcome")).Should().Equal(
            "Accepted", "ContentPresent", "LineGranted", "Offered", "Transferred", "Verified", "Activated", "Confirmed");
    });

    [Fact]
    public Task Update_Fails_CarriesTheReason() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Model = "MCU-B";
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => Updates.Length == 1);

        var phase = _ended.First(a => a.OperationName == "Evaluating");
        phase.GetTagItem("edgegateway.outcome").Should().Be("GaveUp");
        foreach (var activity in new[] { phase, Updates[0] })
        {
            activity.GetTagItem("edgegateway.reason").Should().Be("WrongTarget");
            activity.Status.Should().Be(ActivityStatusCode.Error);
            activity.StatusDescription.Should().Be(s.Status.LastErrorText);
        }

        Updates[0].GetTagItem("edgegateway.outcome").Should().Be("Failed");
    });

    [Fact]
    public Task Restart_InMidUpdate_ContinuesTheTrace() => Scenario.RunAsync(async s =>
    {
        s.Mcu.LineFailure = LinkFailure.Unplugged;
        s.Start();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.WaitingForMcu);
        await s.RestartAsync();
        s.Mcu.LineFailure = null;
        await s.WaitAsync(() => Updates.Length == 2);

        var (first, second) = (Updates[0], Updates[1]);
        first.GetTagItem("edgegateway.outcome").Should().Be("WaitingForMcu");
        second.TraceId.Should().Be(first.TraceId);
        second.ParentSpanId.Should().Be(first.SpanId);
        second.GetTagItem("edgegateway.resumed").Should().Be(true);
        second.GetTagItem("edgegateway.outcome").Should().Be("Succeeded");
    });

    [Fact]
    public Task Update_AfterAnother_IsATraceOfItsOwn() => Scenario.RunAsync(async s =>
    {
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => Updates.Length == 1);
        s.Deploy("deploy-2");
        await s.WaitAsync(() => Updates.Length == 2);

        Updates[1].TraceId.Should().NotBe(Updates[0].TraceId);
        Updates[1].ParentSpanId.Should().Be(default(ActivitySpanId));
    });

    public void Dispose() => _listener.Dispose();
}
