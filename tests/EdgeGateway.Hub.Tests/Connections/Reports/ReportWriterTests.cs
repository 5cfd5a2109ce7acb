using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

public sealed class ReportWriterTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Report_Burst_SendsTheFirstAtOnceAndTheRestFoldedAfterTheInterval()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["percent"] = 0 });
        (await peer.AnswerReportAsync()).Should().Be("""{"percent":0}""");
        for (var percent = 1; percent <= 50; percent++)
        {
            env.Connection.Report(new JsonObject { ["percent"] = percent });
        }

        var next = peer.AnswerReportAsync();
        var moved = await env.AdvanceUntilAsync(next, Step, TimeSpan.FromMinutes(1));

        (await next).Should().Be("""{"percent":50}""");
        moved.Should().BeGreaterThanOrEqualTo(env.Options.ReportInterval);
    }

    [Fact]
    public async Task Set_ManyWithinTheInterval_AreOnePatchAtItsEnd()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        Set(env, """{"percent":0,"phase":"Transferring"}""");
        (await peer.AnswerReportAsync()).Should().Be("""{"gateway":{"percent":0,"phase":"Transferring"}}""");
        for (var percent = 1; percent <= 40; percent++)
        {
            Set(env, $$"""{"percent":{{percent}},"phase":"Transferring"}""");
        }

        var next = peer.AnswerReportAsync();
        await env.AdvanceUntilAsync(next, Step, TimeSpan.FromMinutes(1));

        (await next).Should().Be("""{"gateway":{"percent":40}}""");
    }

    [Fact]
    public async Task Set_IntervalChangedMeanwhile_NewIntervalCounts()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        env.Options.ReportInterval = TimeSpan.FromSeconds(10);
        Set(env, """{"percent":1}""");
        await peer.AnswerReportAsync();
        Set(env, """{"percent":2}""");

        var moved = await env.AdvanceUntilAsync(peer.AnswerReportAsync(), Step, TimeSpan.FromMinutes(1));

        moved.Should().BeCloseTo(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public async Task Set_MilestoneBetween_IsSentByItselfWithWhatWasSetBefore()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        Set(env, """{"phase":"Transferring"}""");
        await peer.AnswerReportAsync();
        Set(env, """{"phase":"Succeeded"}""");
        env.Connection.Report(new JsonObject { ["end"] = 1 }, new ReportMilestone(new JsonObject { ["end"] = 1 }, "w-1"));
        Set(env, """{"phase":"Idle"}""");

        var first = peer.AnswerReportAsync();
        await env.AdvanceUntilAsync(first, Step, TimeSpan.FromMinutes(1));
        var second = peer.AnswerReportAsync();
        await env.AdvanceUntilAsync(second, Step, TimeSpan.FromMinutes(1));

        (await first).Should().Be("""{"gateway":{"phase":"Succeeded"},"end":1}""");
        (await second).Should().Be("""{"gateway":{"phase":"Idle"}}""");
    }

    [Fact]
    public async Task Set_HubHasLeftovers_AreRemovedAfterTheTwinIsRead()
    {
        await using var env = new TestEnvironment();
        Set(env, """{"phase":"Idle"}""");

        var peer = await env.StartAsync("""{"desired":{"$version":1},"reported":{"gateway":{"phase":"Idle","percent":40},"$version":7}}""");

        var first = peer.AnswerReportAsync();
        await env.AdvanceUntilAsync(first, Step, TimeSpan.FromMinutes(1));
        var second = peer.AnswerReportAsync();
        await env.AdvanceUntilAsync(second, Step, TimeSpan.FromMinutes(1));
        (await second).Should().Be("""{"gateway":{"percent":null}}""");
    }

    [Fact]
    public async Task FlushReportsAsync_NothingReported_CompletesAtOnce()
    {
        await using var env = new TestEnvironment();

        await env.Connection.FlushReportsAsync(default);
    }

    [Fact]
    public async Task FlushReportsAsync_Reported_CompletesWithTheAcknowledgement()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["a"] = 1 });
        var flush = env.Connection.FlushReportsAsync(default);

        var (topic, _) = await peer.ReceiveTopicAsync<ReportedPatchTopic>();
        await TestEnvironment.LetRunAsync();
        flush.IsCompleted.Should().BeFalse();
        await peer.PublishAsync(new TwinResponseTopic(204, topic.RequestId, 7), "");

        await flush.WaitAsync(TestEnvironment.Patience);
    }

    [Fact]
    public async Task FlushReportsAsync_NotConnected_TimesOut()
    {
        await using var env = new TestEnvironment();
        env.Connection.Report(new JsonObject { ["a"] = 1 });

        var flush = env.Connection.FlushReportsAsync(default);
        await env.AdvanceUntilAsync(flush.ContinueWith(_ => { }, TaskScheduler.Default), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));

        (await flush.Invoking(f => f).Should().ThrowAsync<HubException>()).Which.Failure.Should().Be(HubFailure.Unreachable);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Report_NotTakenNow_IsSentAgainLaterWithTheNewestValues(int status)
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["a"] = 1, ["b"] = 1 });
        await peer.AnswerReportAsync(status, version: null);
        env.Connection.Report(new JsonObject { ["b"] = 2 });

        var again = peer.AnswerReportAsync();
        var moved = await env.AdvanceUntilAsync(again, Step, TimeSpan.FromMinutes(1));

        (await again).Should().Be("""{"a":1,"b":2}""");
        moved.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        env.Hub.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Report_NoAnswer_IsSentAgain()
    {
        await using var env = new TestEnvironment();
        env.Options.KeepAlive = TimeSpan.FromMinutes(10);
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["a"] = 1 });
        await peer.ReceiveTopicAsync<ReportedPatchTopic>();

        var again = peer.AnswerReportAsync();
        await env.AdvanceUntilAsync(again, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

        (await again).Should().Be("""{"a":1}""");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task Report_OnePropertyRefused_LosesOnlyThatOneAndSaysSo(int status)
    {
        await using var env = new TestEnvironment();
        env.Options.ReportInterval = TimeSpan.Zero;
        var peer = await env.StartAsync();
        env.Connection.Report(new JsonObject { ["good"] = 1, ["bad"] = "x", ["fine"] = 2 });
        var flush = env.Connection.FlushReportsAsync(default);

        var sent = new List<string>
        {
            await peer.AnswerReportAsync(status),
            await peer.AnswerReportAsync(),
            await peer.AnswerReportAsync(status),
            await peer.AnswerReportAsync(),
        };

        sent.Should().Equal("""{"good":1,"bad":"x","fine":2}""", """{"good":1}""", """{"bad":"x"}""", """{"fine":2}""");
        var e = (await flush.Invoking(f => f).Should().ThrowAsync<HubException>()).Which;
        e.Failure.Should().Be(HubFailure.BadRequest);
        e.Message.Should().Contain("'bad'").And.Contain($"{status}");
        var told = await env.Handler.NextStatusAsync(s => s.Failure is not null);
        told.Should().BeEquivalentTo(new { State = ConnectionState.Connected, Failure = HubFailure.BadRequest });
    }

    [Fact]
    public async Task Report_PropertyLargerThanTheLimit_IsDroppedWithoutBeingSent()
    {
        await using var env = new TestEnvironment();
        env.Options.ReportInterval = TimeSpan.Zero;
        var peer = await env.StartAsync();

        env.Connection.Report(new JsonObject { ["huge"] = new string('x', 40_000), ["good"] = 1 });

        (await peer.AnswerReportAsync()).Should().Be("""{"good":1}""");
        (await env.Handler.NextStatusAsync(s => s.Failure is not null)).Detail.Should().Contain("'huge'");
    }

    [Fact]
    public async Task Report_BeforeTheFirstConnect_IsSentOnce()
    {
        await using var env = new TestEnvironment();
        env.Connection.Report(new JsonObject { ["a"] = 1 });
        env.Connection.Report(new JsonObject { ["b"] = 2 });
        env.Connection.Start(env.Handler);
        var peer = await env.Hub.NextPeerAsync();
        await peer.AcceptAsync();
        await peer.GrantAsync();

        var packets = new[] { await peer.ReceiveAsync(), await peer.ReceiveAsync() };

        packets.OfType<EdgeGateway.Hub.Mqtt.PublishPacket>().Select(p => HubTopic.Parse(p.Topic)!.GetType())
            .Should().BeEquivalentTo([typeof(TwinGetTopic), typeof(ReportedPatchTopic)]);
    }

    private static void Set(TestEnvironment env, string state) => env.Connection.Set("gateway", JsonNode.Parse(state)!.AsObject());
}
