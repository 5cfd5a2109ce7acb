using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Twins;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge;

public sealed class TwinSynchronizerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly OutgoingStore _store;
    private readonly TwinSynchronizer _twins;
    private readonly HubIdentity _client;

    public TwinSynchronizerTests()
    {
        _store = new OutgoingStore(_folder.File("outgoing.jsonl"), 10, _time);
        _twins = new TwinSynchronizer(_store, TimeSpan.FromSeconds(120), _time);
        _client = new IdentityRegistry(_time, holdsCopies: true).CreateDevice("mcu-1");
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_NeverSeen_IsEmptyAndWithoutVersions() =>
        Read().Should().Be("""{"desired":{},"reported":{}}""");

    [Fact]
    public void IsDue_JustRead_OnlyAfterThePeriod()
    {
        _twins.IsDue(_client.Name).Should().BeTrue();
        _twins.Adopt(_client, Twin("{}", 1, "{}", 1));

        _twins.IsDue(_client.Name).Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(120));
        _twins.IsDue(_client.Name).Should().BeTrue();
    }

    [Fact]
    public void Adopt_ReportsWait_StayInTheCopy()
    {
        _twins.Report(_client, new JsonObject { ["state"] = "new", ["gone"] = null });

        _twins.Adopt(_client, Twin("""{"a":1}""", 4, """{"state":"old","gone":1,"kept":2}""", 9));

        Read().Should().Be("""{"desired":{"a":1,"$version":4},"reported":{"state":"new","kept":2,"$version":9}}""");
    }

    [Fact]
    public void Adopt_ChangesMissed_PushesTheDifference()
    {
        _twins.Adopt(_client, Twin("""{"a":1,"b":{"x":1,"y":2},"c":3}""", 2, "{}", 1));
        var pushed = new List<DesiredChange>();
        _client.Twin.DesiredChanged += pushed.Add;

        _twins.Adopt(_client, Twin("""{"a":1,"b":{"x":5}}""", 7, "{}", 1));

        pushed.Single().Version.Should().Be(7);
        pushed.Single().Patch.ToJsonString().Should().Be("""{"c":null,"b":{"y":null,"x":5}}""");
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(null)]
    public void Adopt_OlderOrUnknownVersion_ChangesNothing(long? version)
    {
        _twins.Adopt(_client, Twin("""{"a":1}""", 2, """{"r":1}""", 2));

        _twins.Adopt(_client, Twin("""{"a":0}""", version, """{"r":0}""", version));

        Read().Should().Be("""{"desired":{"a":1,"$version":2},"reported":{"r":1,"$version":2}}""");
    }

    [Fact]
    public void Restore_CopyOnDiskWasOlder_HasWhatWaits()
    {
        _store.AddReport(_client.Name, new JsonObject { ["state"] = "new" });

        _twins.Restore(_client);

        Read().Should().Be("""{"desired":{},"reported":{"state":"new"}}""");
    }

    private static TwinDocument Twin(string desired, long? desiredVersion, string reported, long? reportedVersion) =>
        new(JsonNode.Parse(desired)!.AsObject(), desiredVersion, JsonNode.Parse(reported)!.AsObject(), reportedVersion);

    private string Read()
    {
        var text = "";
        _client.Twin.Read(twin => text = twin.ToJsonString());
        return text;
    }
}
