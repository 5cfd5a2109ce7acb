using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Reports;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

public sealed class ReportQueueTests
{
    private static readonly HubException Gone = new(HubFailure.BadRequest, "refused");

    private readonly VirtualTime _time = new();

    [Fact]
    public void Next_OrdersThatEndWithoutHub_SendsEachEndInOrder()
    {
        var queue = Seen(Queue());
        Progress(queue, "wf1", 10);
        End(queue, "wf1");
        Progress(queue, "wf2", 10);
        Progress(queue, "wf2", 90);
        End(queue, "wf2");
        Progress(queue, "wf3", 50);

        Drain(queue).Should().Equal(
            """{"percent":null,"agent":{"state":0,"id":"wf1"}}""",
            """{"percent":null,"agent":{"state":0,"id":"wf2"}}""",
            """{"percent":50,"agent":{"state":6,"id":"wf3"}}""");
        queue.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Add_WhileAnEndIsOnItsWay_IsNotFoldedIntoIt()
    {
        var queue = Seen(Queue());
        End(queue, "wf1");
        var onItsWay = queue.Next()!.ToJsonString();
        Progress(queue, "wf2", 1);
        queue.PutBack(mayHaveArrived: false);

        Drain(queue).Should().Equal(onItsWay, """{"percent":1,"agent":{"state":6,"id":"wf2"}}""");
    }

    [Fact]
    public void Add_SameKeyAgain_LeavesOutTheEndButNotWhatCameWithIt()
    {
        var queue = Seen(Queue());
        End(queue, "wf1");
        Drain(queue);

        queue.Add(
            Parse("""{"agent":{"state":0,"id":"wf1"},"gateway":{"phase":"Succeeded","lastError":null}}"""),
            new ReportMilestone(Parse("""{"agent":{"state":0,"id":"wf1"}}"""), "wf1"));
        End(queue, "wf1");

        Drain(queue).Should().Equal("""{"gateway":{"phase":"Succeeded","lastError":null},"percent":null}""");
    }

    [Fact]
    public void Add_WithoutKey_MayBeSaidAgain()
    {
        var queue = Seen(Queue());
        var patch = Parse("""{"state":0}""");
        queue.Add(patch, new ReportMilestone(patch, null));
        Drain(queue);
        queue.Add(patch, new ReportMilestone(patch, null));

        Drain(queue).Should().Equal("""{"state":0}""");
    }

    [Fact]
    public void Load_EndsThatMayHaveArrived_AreHeldUntilTheTwinTells()
    {
        var queue = Restarted(q =>
        {
            End(q, "wf1");
            End(q, "wf2");
        });

        queue.HasWork.Should().BeFalse();
        queue.Next().Should().BeNull();
        queue.OnTwin(Parse("""{"agent":{"state":0,"id":"wf1"}}""")).Should().Be(1);

        Drain(queue).Should().Equal("""{"percent":null,"agent":{"state":0,"id":"wf2"}}""");
    }

    [Theory]
    [InlineData("""{"agent":{"state":6,"id":"wf1"},"percent":3}""", 0, 2)]
    [InlineData("""{"agent":{"state":0,"id":"wf2"}}""", 2, 0)]
    [InlineData("{}", 0, 2)]
    public void OnTwin_AfterRestart_TellsWhatHasArrived(string reported, int settled, int rest)
    {
        var queue = Restarted(q =>
        {
            End(q, "wf1");
            End(q, "wf2");
        });

        queue.OnTwin(Parse(reported)).Should().Be(settled);

        Drain(queue).Should().HaveCount(rest);
    }

    [Fact]
    public void OnTwin_EndArrivedWithoutWhatCameWithIt_SendsOnlyThat()
    {
        var queue = Restarted(q => q.Add(
            Parse("""{"agent":{"state":0},"gateway":{"phase":"Succeeded"}}"""), new ReportMilestone(Parse("""{"agent":{"state":0}}"""), "k")));

        queue.OnTwin(Parse("""{"agent":{"state":0},"gateway":{"phase":"Confirming"}}"""));

        Drain(queue).Should().Equal("""{"gateway":{"phase":"Succeeded"}}""");
    }

    [Fact]
    public void PutBack_EndWithoutAnswer_IsHeldUntilTheTwinTells()
    {
        var queue = Seen(Queue());
        End(queue, "wf1");
        queue.Next();

        queue.PutBack(mayHaveArrived: true).Should().BeTrue();

        queue.HasWork.Should().BeFalse();
        queue.OnTwin([]).Should().Be(0);
        Drain(queue).Should().ContainSingle();
    }

    [Fact]
    public void PutBack_MereProgress_IsSentAgainAtOnce()
    {
        var queue = Seen(Queue());
        Progress(queue, "wf1", 1);
        queue.Next();

        queue.PutBack(mayHaveArrived: true).Should().BeFalse();

        Drain(queue).Should().ContainSingle();
    }

    [Fact]
    public void OnTwin_WhileProgressIsOnItsWay_SettlesWhatIsBehindIt()
    {
        var queue = Queue();
        Progress(queue, "wf1", 1);
        queue.Next();
        End(queue, "wf1");

        queue.OnTwin(Parse("""{"agent":{"state":0,"id":"wf1"}}""")).Should().Be(1, "an earlier run had told it");
        queue.Acknowledge();

        queue.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Add_MoreEndsThanThereIsRoomFor_FoldsTheOldestIntoTheNext()
    {
        var queue = Seen(new ReportQueue(2, 100_000, _time));
        End(queue, "wf1");
        End(queue, "wf2").Should().BeEmpty();
        End(queue, "wf3").Should().Equal("wf1");

        Drain(queue).Should().Equal(
            """{"percent":null,"agent":{"state":0,"id":"wf2"}}""", """{"percent":null,"agent":{"state":0,"id":"wf3"}}""");
    }

    [Fact]
    public void Add_MoreBytesThanThereIsRoomFor_FoldsUntilItFits()
    {
        var queue = Seen(new ReportQueue(1000, 5000, _time));
        for (var i = 0; i < 50; i++)
        {
            var patch = new JsonObject { ["id"] = i, ["text"] = new string('x', 800) };
            queue.Add(patch, new ReportMilestone(patch, $"{i}"));
            queue.Backlog.Bytes.Should().BeLessThanOrEqualTo(5000);
        }

        Drain(queue).Select(p => Parse(p)["id"]!.GetValue<int>()).Should().Equal(44, 45, 46, 47, 48, 49);
    }

    [Fact]
    public void After_WhatWaitsAndWhatWasAcknowledgedWhileTheTwinWasRead_IsIncluded()
    {
        var queue = Seen(Queue());
        queue.OnTwinAsked();
        End(queue, "wf1");
        queue.Next();
        queue.Acknowledge();
        Progress(queue, "wf2", 7);

        queue.OnTwin([]);

        queue.After([]).ToJsonString().Should().Be("""{"agent":{"state":6,"id":"wf2"},"percent":7}""");
        queue.OnTwinAsked();
        queue.OnTwin([]);
        Drain(queue);
        queue.After([]).Should().BeEmpty("everything arrived before the twin was asked for");
    }

    [Fact]
    public async Task WhenAcknowledged_SeveralStretches_CompletesWithTheLast()
    {
        var queue = Seen(Queue());
        End(queue, "wf1");
        var first = queue.WhenAcknowledged();
        End(queue, "wf2");
        var second = queue.WhenAcknowledged();

        Acknowledge(queue);
        first.IsCompletedSuccessfully.Should().BeTrue();
        second.IsCompleted.Should().BeFalse();
        queue.Next();
        queue.Drop(Gone).Should().BeTrue();

        (await second.Invoking(s => s).Should().ThrowAsync<HubException>()).Which.Should().BeSameAs(Gone);
        queue.WhenAcknowledged().IsCompleted.Should().BeTrue();
    }

    [Fact]
    public void Backlog_Always_TellsCountSizeAndAge()
    {
        var queue = Seen(Queue());
        queue.Backlog.Should().Be(new ReportBacklog(0, 0, null));
        var begun = _time.GetUtcNow();
        queue.Add(Parse("""{"a":1}"""), null);
        _time.Advance(TimeSpan.FromHours(1));
        End(queue, "wf1");
        End(queue, "wf2");

        queue.Backlog.Milestones.Should().Be(2);
        queue.Backlog.OldestAt.Should().Be(begun);
        queue.Backlog.Bytes.Should().Be(
            """{"a":1,"percent":null,"agent":{"state":0,"id":"wf1"}}""".Length + """{"percent":null,"agent":{"state":0,"id":"wf2"}}""".Length);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static ReportQueue Seen(ReportQueue queue)
    {
        queue.OnTwin([]);
        return queue;
    }

    private static void Progress(ReportQueue queue, string id, int percent) =>
        queue.Add(new JsonObject { ["percent"] = percent, ["agent"] = new JsonObject { ["state"] = 6, ["id"] = id } }, null);

    private static IReadOnlyList<string> End(ReportQueue queue, string id)
    {
        var core = new JsonObject { ["agent"] = new JsonObject { ["state"] = 0, ["id"] = id } };
        var patch = new JsonObject { ["percent"] = null, ["agent"] = core["agent"]!.DeepClone() };
        return queue.Add(patch, new ReportMilestone(core, id));
    }

    private static string Acknowledge(ReportQueue queue)
    {
        var message = queue.Next()!.ToJsonString();
        queue.Acknowledge();
        return message;
    }

    private static List<string> Drain(ReportQueue queue)
    {
        var sent = new List<string>();
        while (queue.HasWork)
        {
            sent.Add(Acknowledge(queue));
        }

        return sent;
    }

    private ReportQueue Queue() => new(32, 100_000, _time);

    private ReportQueue Restarted(Action<ReportQueue> before)
    {
        var earlier = Seen(Queue());
        before(earlier);
        var queue = Queue();
        queue.Load(earlier.ToKept());
        return queue;
    }
}
