using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Twins;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Twins;

public sealed class TwinReporterTests : IAsyncLifetime
{
    private readonly VirtualTime _time = new();
    private readonly FakeConnection _connection = new(new DeviceIdentity("mcu"));
    private readonly TwinReporter _reporter;
    private TimeSpan _interval = TimeSpan.FromSeconds(1);

    public TwinReporterTests() => _reporter = new TwinReporter(_connection, () => _interval, _time);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _reporter.DisposeAsync();

    [Fact]
    public void Set_First_IsSentAtOnce()
    {
        Set("""{"percent":1}""");

        _connection.Patches.Should().Equal("""{"gateway":{"percent":1}}""");
    }

    [Fact]
    public void Milestone_WithinTheInterval_IsSentAtOnceWithWhatIsCollectedAndNotFolded()
    {
        Set("""{"phase":"Transferring"}""");
        Set("""{"phase":"Succeeded"}""");

        _reporter.Milestone(new JsonObject { ["end"] = 1 }, "w-1");
        _reporter.Milestone(new JsonObject { ["end"] = 2 }, null);
        _reporter.Patch(new JsonObject { ["end"] = null });

        _connection.Patches.Should().Equal(
            """{"gateway":{"phase":"Transferring"}}""", """{"end":1,"gateway":{"phase":"Succeeded"}}""", """{"end":2}""");
        _connection.Milestones.Should().Equal(("w-1", """{"end":1}"""), (null, """{"end":2}"""));
        _time.Advance(TimeSpan.FromSeconds(1));
        _connection.Patches[^1].Should().Be("""{"end":null}""");
    }

    [Fact]
    public void Set_ManyWithinASecond_AreOnePatchAtItsEnd()
    {
        for (var i = 0; i <= 40; i++)
        {
            Set($$"""{"percent":{{i}},"phase":"Transferring"}""");
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        _connection.Patches.Should().HaveCount(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _connection.Patches.Should().Equal("""{"gateway":{"percent":0,"phase":"Transferring"}}""", """{"gateway":{"percent":40}}""");
    }

    [Fact]
    public void Set_TenSecondsOfProgress_SendsOnePatchASecond()
    {
        var times = new List<TimeSpan>();
        var begun = _time.GetUtcNow();
        for (var i = 0; i < 100; i++)
        {
            var before = _connection.Patches.Count;
            Set($$"""{"percent":{{i}}}""");
            _time.Advance(TimeSpan.FromMilliseconds(100));
            times.AddRange(Enumerable.Repeat(_time.GetUtcNow() - begun, _connection.Patches.Count - before));
        }

        times.Should().HaveCountLessThanOrEqualTo(11).And.HaveCountGreaterThan(8);
        _time.Advance(TimeSpan.FromSeconds(1));
        _connection.Reported["gateway"]!["percent"]!.GetValue<int>().Should().Be(99);
    }

    [Fact]
    public void Set_WhatIsGone_IsRemovedAtTheHub()
    {
        Set("""{"phase":"Failed","lastError":{"reason":"McuSilent","message":"m"}}""");
        _time.Advance(TimeSpan.FromSeconds(2));
        Set("""{"phase":"Idle"}""");

        _connection.Patches[^1].Should().Be("""{"gateway":{"phase":"Idle","lastError":null}}""");
    }

    [Fact]
    public void Set_NothingNew_SendsNothing()
    {
        Set("""{"percent":1}""");
        _time.Advance(TimeSpan.FromSeconds(5));
        Set("""{"percent":1}""");
        _time.Advance(TimeSpan.FromSeconds(5));

        _connection.Patches.Should().HaveCount(1);
    }

    [Fact]
    public void Patch_EqualToWhatTheHubHas_IsSentAgain()
    {
        _reporter.Patch(Parse("""{"deviceUpdate":{"agent":{"state":6}}}"""));
        _time.Advance(TimeSpan.FromSeconds(5));
        _reporter.Patch(Parse("""{"deviceUpdate":{"agent":{"state":6}}}"""));

        _connection.Patches.Should().HaveCount(2);
    }

    [Fact]
    public void Patch_TwoWithinASecond_AreMergedAndTheLaterCounts()
    {
        Set("{}");
        _reporter.Patch(Parse("""{"x":{"a":0}}"""));
        _reporter.Patch(Parse("""{"x":{"a":1,"b":{"c":1}}}"""));
        _reporter.Patch(Parse("""{"x":{"a":2,"b":null}}"""));
        _time.Advance(TimeSpan.FromSeconds(1));

        _connection.Patches.Should().Equal("""{"x":{"a":0}}""", """{"x":{"a":2,"b":null}}""");
    }

    [Fact]
    public void OnTwin_LeftoversOfAnEarlierRun_AreRemoved()
    {
        _reporter.OnTwin(Parse("""{"gateway":{"phase":"Transferring","percent":40,"transfer":{"bytes":1}},"other":{"a":1}}"""));
        Set("""{"phase":"Idle","percent":40}""");

        _connection.Patches.Should().Equal("""{"gateway":{"phase":"Idle","transfer":null}}""");
    }

    [Fact]
    public void OnTwin_AfterReconnect_SendsWhatTheHubLacks()
    {
        Set("""{"phase":"Idle","percent":1}""");
        _time.Advance(TimeSpan.FromSeconds(2));
        _reporter.OnTwin(Parse("""{"gateway":{"phase":"Idle"}}"""));

        _connection.Patches.Should().HaveCount(2);
        _connection.Patches[1].Should().Be("""{"gateway":{"percent":1}}""");
    }

    [Fact]
    public void Set_IntervalChangedMeanwhile_NewIntervalCounts()
    {
        Set("""{"percent":1}""");
        _interval = TimeSpan.FromSeconds(10);
        Set("""{"percent":2}""");

        _time.Advance(TimeSpan.FromSeconds(9));
        _connection.Patches.Should().HaveCount(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _connection.Patches.Should().HaveCount(2);
    }

    [Fact]
    public async Task FlushAsync_SomethingCollected_SendsItNow()
    {
        Set("""{"percent":1}""");
        Set("""{"percent":2}""");

        await _reporter.FlushAsync(CancellationToken.None);

        _connection.Patches.Should().HaveCount(2);
    }

    [Fact]
    public async Task DisposeAsync_Disposed_SendsNothingMore()
    {
        Set("""{"percent":1}""");
        Set("""{"percent":2}""");
        await _reporter.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(5));

        _connection.Patches.Should().HaveCount(1);
    }

    private void Set(string state) => _reporter.Set("gateway", Parse(state));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
