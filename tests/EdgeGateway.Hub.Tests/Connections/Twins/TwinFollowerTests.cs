using System.Diagnostics.Metrics;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Connections.Twins;

public sealed class TwinFollowerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task OnPatch_Announced_TheWholeTwinIsRead()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync(Twin(1));

        await peer.PublishAsync(new DesiredPatchTopic(2), """{"a":"from the patch","$version":2}""");
        await peer.AnswerGetAsync("""{"desired":{"a":"from the twin","$version":2},"reported":{"$version":1}}""");

        (await env.Handler.NextTwinAsync()).Desired["a"]!.GetValue<string>().Should().Be("from the twin");
    }

    [Fact]
    public async Task OnPatch_ManyWhileReading_AreReadOnce()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync(Twin(1));
        await peer.PublishAsync(new DesiredPatchTopic(2), "{}");
        var (topic, _) = await peer.ReceiveTopicAsync<TwinGetTopic>();
        for (var version = 3; version <= 9; version++)
        {
            await peer.PublishAsync(new DesiredPatchTopic(version), "{}");
        }

        await peer.PublishAsync(new TwinResponseTopic(200, topic.RequestId), Twin(2));
        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(2);
        await peer.AnswerGetAsync(Twin(9));
        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(9);

        await peer.PublishAsync(new MethodRequestTopic("after", "1"), "");
        (await peer.ReceiveTopicAsync<MethodResponseTopic>()).Should().NotBeNull("no further get is on its way");
    }

    [Fact]
    public async Task OnPatch_VersionsLeftOut_AreCounted()
    {
        await using var env = new TestEnvironment();
        var gaps = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "edgegateway_hub_twin_version_gaps")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref gaps, value));
        listener.Start();
        var peer = await env.StartAsync(Twin(1));

        await peer.PublishAsync(new DesiredPatchTopic(5), "{}");
        await peer.AnswerGetAsync(Twin(5));
        await env.Handler.NextTwinAsync();

        gaps.Should().BeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task OnPatch_HubAnswersFromAnOldCopy_IsReadAgainUntilItIsThere()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync(Twin(1));

        await peer.PublishAsync(new DesiredPatchTopic(2), "{}");
        await peer.AnswerGetAsync(Twin(1));
        var again = peer.AnswerGetAsync(Twin(2));
        await env.AdvanceUntilAsync(again, Second, TimeSpan.FromMinutes(1));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(2);
        env.Handler.TwinsWaiting.Should().Be(0, "the old copy was not delivered");
    }

    [Fact]
    public async Task Read_VersionWentBackwards_IsNotDelivered()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync(Twin(8, reported: 5));

        await peer.PublishAsync(new DesiredPatchTopic(7), "{}");
        await peer.AnswerGetAsync(Twin(7, reported: 5));
        await peer.PublishAsync(new DesiredPatchTopic(9), "{}");
        await peer.AnswerGetAsync(Twin(9, reported: 5));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(9);
    }

    [Fact]
    public async Task Read_OldCopyAfterReconnect_IsReadAgainSoonAndThenDelivered()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync(Twin(8, reported: 5));
        peer.Break();
        var next = env.Hub.NextPeerAsync();
        await env.AdvanceUntilAsync(next, Second, TimeSpan.FromMinutes(5));
        await (await next).OpenAsync("""{"desired":{},"reported":{}}""");

        var again = (await next).AnswerGetAsync(Twin(8, reported: 5));
        var moved = await env.AdvanceUntilAsync(again, Second, TimeSpan.FromMinutes(5));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(8, "an empty twin of an edgeHub that knows none was not delivered");
        moved.Should().BeLessThan(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("""{"desired":{},"reported":{}}""")]
    [InlineData("""{"desired":{},"reported":{"$version":7}}""")]
    [InlineData("{}")]
    public async Task Read_TwinOfAnEdgeHubThatNeverSawIt_IsUnknownAndAskedForAgainSoon(string empty)
    {
        await using var env = new TestEnvironment();
        var peer = await env.Connect();
        for (var i = 0; i < 8; i++)
        {
            var answer = peer.AnswerGetAsync(empty);
            var moved = await env.AdvanceUntilAsync(answer, 3 * Second, TimeSpan.FromMinutes(5));
            moved.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(66), "that is soon");
        }

        var synced = peer.AnswerGetAsync(Twin(3));
        await env.AdvanceUntilAsync(synced, Second, TimeSpan.FromMinutes(5));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(3, "the empty ones were not delivered");
        env.Handler.TwinsWaiting.Should().Be(0);
        env.Hub.Attempts.Should().Be(1);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(100)]
    public async Task Read_EdgeHubWithoutItsCloud_IsWaitedForWithoutFlapping(int seconds)
    {
        await using var env = new TestEnvironment();
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        var peer = await env.Connect();
        var answering = AnswerLateAsync();

        var moved = await env.AdvanceUntilAsync(env.Handler.NextTwinAsync(), 5 * Second, TimeSpan.FromMinutes(20));

        env.Hub.Attempts.Should().Be(1, "the connection lives");
        moved.Should().BeLessThan(TimeSpan.FromMinutes(6), "each get is waited for longer");
        answering.IsFaulted.Should().BeFalse();

        // every get is answered, each after that long
        async Task AnswerLateAsync()
        {
            while (true)
            {
                var get = await peer.ReceiveTopicAsync<TwinGetTopic>();
                _ = Task.Delay(TimeSpan.FromSeconds(seconds), env.Time).ContinueWith(
                    _ => peer.PublishAsync(new TwinResponseTopic(200, get.Topic.RequestId), Twin(1)), TaskScheduler.Default);
            }
        }
    }

    [Fact]
    public async Task Read_IdentityWasCreatedAnew_IsDelivered()
    {
        await using var env = new TestEnvironment();
        var peer = await env.StartAsync(Twin(8, reported: 5));

        await peer.PublishAsync(new DesiredPatchTopic(1), "{}");
        await peer.AnswerGetAsync(Twin(1, reported: 1));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(1);
    }

    [Fact]
    public async Task Read_Throttled_IsAskedAgainOnTheSameConnection()
    {
        await using var env = new TestEnvironment();
        var peer = await env.Connect();
        await peer.AnswerGetAsync("", status: 429);

        var again = peer.AnswerGetAsync(Twin(1));
        var moved = await env.AdvanceUntilAsync(again, Second, TimeSpan.FromMinutes(1));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(1);
        moved.Should().BeGreaterThan(TimeSpan.Zero);
        env.Hub.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Read_NothingAnnouncedForLong_IsReadAgainAndDeliveredOnlyIfChanged()
    {
        await using var env = new TestEnvironment();
        env.Options.KeepAlive = TimeSpan.FromMinutes(19);
        env.Options.TwinRefreshInterval = TimeSpan.FromMinutes(10);
        var peer = await env.StartAsync(Twin(1));

        var first = peer.AnswerGetAsync(Twin(1));
        var moved = await env.AdvanceUntilAsync(first, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
        var second = peer.AnswerGetAsync(Twin(2));
        await env.AdvanceUntilAsync(second, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

        moved.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(8));
        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(2, "the unchanged one was not delivered again");
    }

    [Fact]
    public async Task Deliver_HandlerThrows_TheConnectionGoesOn()
    {
        await using var env = new TestEnvironment();
        var failed = false;
        env.Handler.OnTwin = _ => failed ? ValueTask.CompletedTask : throw new InvalidOperationException((failed = true).ToString());
        var peer = await env.Connect();
        await peer.AnswerGetAsync(Twin(1));
        await peer.PublishAsync(new DesiredPatchTopic(2), "{}");
        await peer.AnswerGetAsync(Twin(2));

        (await env.Handler.NextTwinAsync()).DesiredVersion.Should().Be(2);
        failed.Should().BeTrue();
    }

    private static string Twin(int desired, int reported = 1) =>
        $$$"""{"desired":{"$version":{{{desired}}}},"reported":{"$version":{{{reported}}}}}""";
}
