using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge.Outgoing;

public sealed class OutgoingStoreTests : IDisposable
{
    private static readonly IdentityName Client = new("mcu-1");
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();

    private string Journal => _folder.File("outgoing.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterKill_HasWhatWaited()
    {
        var killed = Open();
        killed.AddReport(Client, new JsonObject { ["a"] = 1 });
        killed.AddMessage(Message("one"));
        killed.AddMessage(Message("two"));
        killed.CompleteMessages(Client, killed.For(Client).FirstMessage!.Sequence);
        File.Copy(Journal, _folder.File("copy")); // what a kill leaves on disk

        using var store = new OutgoingStore(_folder.File("copy"), 10, _time);

        store.For(Client).QueuedReports.Single().Patch.ToJsonString().Should().Be("""{"a":1}""");
        Encoding.UTF8.GetString(store.For(Client).QueuedMessages.Single().Body.Span).Should().Be("two");
        store.Waiting.Should().Equal(Client);
        store.Counts.Should().Be((1, 1));
        killed.Dispose();
    }

    [Fact]
    public void Open_LastLineCutOff_IsLeftOut()
    {
        using (var store = Open())
        {
            store.AddReport(Client, new JsonObject { ["a"] = 1 });
        }

        File.AppendAllText(Journal, """{"client":"mcu-1","sequ""");

        using var again = Open();
        again.For(Client).QueuedReports.Should().HaveCount(1);
    }

    [Fact]
    public void Open_BrokenInTheMiddle_SaysWhere()
    {
        File.WriteAllLines(Journal, ["nonsense", """{"client":"mcu-1","reportsDone":1}"""]);

        FluentActions.Invoking(Open).Should().Throw<InvalidDataException>().WithMessage("*Line 1*outgoing.jsonl*");
    }

    [Fact]
    public void AddMessage_AsManyAsMay_IsRefused()
    {
        using var store = new OutgoingStore(Journal, 2, _time);
        store.AddMessage(Message("one"));
        store.AddMessage(Message("two"));

        FluentActions.Invoking(() => store.AddMessage(Message("three"))).Should().Throw<HubRequestException>();

        store.CompleteMessages(Client, store.For(Client).FirstMessage!.Sequence);
        store.AddMessage(Message("three"));
    }

    [Fact]
    public void AddReport_OthersOnTheWay_IsNotFoldedIntoThem()
    {
        using var store = Open();
        store.AddReport(Client, new JsonObject { ["a"] = 1 });
        store.For(Client).TakeReports().Should().HaveCount(1);
        var sent = store.For(Client).LastTaken;
        store.AddReport(Client, new JsonObject { ["a"] = 2 });
        store.AddReport(Client, new JsonObject { ["b"] = 3 });

        store.CompleteReports(Client, sent);

        store.For(Client).QueuedReports.Single().Patch.ToJsonString().Should().Be("""{"a":2,"b":3}""");
    }

    [Fact]
    public void MayLack_AcknowledgedAMomentAgo_IsStillNamed()
    {
        using var store = Open();
        store.AddReport(Client, new JsonObject { ["a"] = 1 });
        store.For(Client).TakeReports();
        store.CompleteReports(Client, store.For(Client).LastTaken);

        store.For(Client).MayLack(_time.GetUtcNow()).Should().HaveCount(1);
        store.For(Client).MayLack(_time.GetUtcNow() + TimeSpan.FromMinutes(1)).Should().BeEmpty();
    }

    [Fact]
    public void Complete_VeryOften_KeepsTheJournalShort()
    {
        using var store = Open();
        store.AddReport(new IdentityName("mcu-2"), new JsonObject { ["kept"] = true });
        for (var i = 0; i < 5000; i++)
        {
            store.AddMessage(Message("x"));
            store.CompleteMessages(Client, store.For(Client).FirstMessage!.Sequence);
        }

        File.ReadAllLines(_folder.File("outgoing.jsonl").ToString()).Length.Should().BeLessThan(2100);
        store.Waiting.Should().Equal(new IdentityName("mcu-2"));
    }

    private OutgoingStore Open() => new(Journal, 10, _time);

    private TelemetryMessage Message(string text) =>
        new(Client, Encoding.UTF8.GetBytes(text), new Dictionary<string, string> { ["$.ct"] = "text/plain" }, _time.GetUtcNow());
}
