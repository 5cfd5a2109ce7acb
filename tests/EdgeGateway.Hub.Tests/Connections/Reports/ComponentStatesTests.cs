using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Reports;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

public sealed class ComponentStatesTests
{
    private readonly ComponentStates _states = new();

    [Fact]
    public void Set_First_IsTheWholeState() => Set("""{"percent":1}""").Should().Be("""{"gateway":{"percent":1}}""");

    [Fact]
    public void Set_NothingNew_IsNothing()
    {
        Set("""{"percent":1}""");

        Set("""{"percent":1}""").Should().BeNull();
    }

    [Fact]
    public void Set_WhatIsGone_IsRemoved()
    {
        Set("""{"phase":"Failed","lastError":{"reason":"McuSilent","message":"m"}}""");

        Set("""{"phase":"Idle"}""").Should().Be("""{"gateway":{"lastError":null,"phase":"Idle"}}""");
    }

    [Fact]
    public void Set_AfterTheTwinWasRead_RemovesLeftoversOfAnEarlierRun()
    {
        Align("""{"gateway":{"phase":"Transferring","percent":40,"transfer":{"bytes":1}},"other":{"a":1}}""").Should().BeNull();

        Set("""{"phase":"Idle","percent":40}""").Should().Be("""{"gateway":{"transfer":null,"phase":"Idle"}}""");
    }

    [Fact]
    public void Align_HubLacksSomething_IsThePatchForIt()
    {
        Set("""{"phase":"Idle","percent":1}""");

        Align("""{"gateway":{"phase":"Idle"}}""").Should().Be("""{"gateway":{"percent":1}}""");
    }

    [Fact]
    public void Align_HubHasAll_IsNothing()
    {
        Set("""{"phase":"Idle"}""");

        Align("""{"gateway":{"phase":"Idle"},"other":{"a":1}}""").Should().BeNull();
    }

    [Fact]
    public void Set_StateChangedByTheCallerLater_IsACopy()
    {
        var state = new JsonObject { ["a"] = 1 };
        _states.Set("gateway", state);
        state["a"] = 2;

        _states.Set("gateway", state)!.ToJsonString().Should().Be("""{"gateway":{"a":2}}""");
    }

    private string? Set(string state) => _states.Set("gateway", JsonNode.Parse(state)!.AsObject())?.ToJsonString();

    private string? Align(string reported) => _states.Align(JsonNode.Parse(reported)!.AsObject())?.ToJsonString();
}
