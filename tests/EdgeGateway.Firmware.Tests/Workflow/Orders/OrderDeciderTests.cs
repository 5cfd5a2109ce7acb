using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Orders;

namespace EdgeGateway.Firmware.Tests.Workflow.Orders;

public sealed class OrderDeciderTests
{
    [Theory]
    [InlineData("a", null, "Start")]
    [InlineData("a", "t", "Start")]
    public void Decide_NothingKnown(string id, string? retry, string expected) =>
        Decide(new JournalState(), id, retry).Should().Be(expected);

    [Theory]
    [InlineData("a", null, "a", null, "Ignore")]
    [InlineData("a", null, "a", "t1", "Start")]
    [InlineData("a", "t1", "a", "t1", "Ignore")]
    [InlineData("a", "t1", "a", "t2", "Start")]
    [InlineData("a", "t1", "a", null, "Ignore")]
    [InlineData("a", "t1", "b", "t1", "Start")]
    [InlineData("a", null, "b", null, "Start")]
    public void Decide_UnderWay(string activeId, string? activeRetry, string id, string? retry, string expected) =>
        Decide(new JournalState { Active = Active(activeId, activeRetry) }, id, retry).Should().Be(expected);

    [Theory]
    [InlineData("a", null, "a", null, "Duplicate")]
    [InlineData("a", null, "a", "t1", "Start")]
    [InlineData("a", "t1", "a", "t1", "Duplicate")]
    [InlineData("a", "t1", "a", null, "Duplicate")]
    [InlineData("a", "t1", "a", "t2", "Start")]
    [InlineData("a", null, "b", null, "Start")]
    public void Decide_Ended(string endedId, string? endedRetry, string id, string? retry, string expected) =>
        Decide(new JournalState().Finish(Finished(endedId, endedRetry)), id, retry).Should().Be(expected);

    [Fact]
    public void Decide_StaleTwinNamesAnEndedOrderWhileAnotherRuns_IsNotFollowed()
    {
        var state = new JournalState().Finish(Finished("a", null)) with { Active = Active("b", null) };

        Decide(state, "a", null).Should().Be("Duplicate");
    }

    [Fact]
    public void Decide_Cancel_OnlyWhereSomethingIsUnderWay()
    {
        var cancel = Twin(new WorkflowOrder(WorkflowAction.Cancel, "nodeployment", null));

        OrderDecider.Decide(new JournalState(), cancel).Kind.Should().Be(OrderKind.Ignore);
        OrderDecider.Decide(new JournalState { Active = Active("a", null) }, cancel).Kind.Should().Be(OrderKind.Cancel);
    }

    [Fact]
    public void Decide_NothingDesired_IgnoresUnlessThereIsSomethingUnreadable()
    {
        OrderDecider.Decide(new JournalState { Active = Active("a", null) }, new DeviceUpdateTwin()).Kind.Should().Be(OrderKind.Ignore);
        OrderDecider.Decide(new JournalState(), new DeviceUpdateTwin { Errors = [new FieldError("x", "y", "z")] }).Kind.Should().Be(OrderKind.Reject);
    }

    [Fact]
    public void Finish_ManyEnds_RemembersTheLastTwenty()
    {
        var state = Enumerable.Range(0, 33).Aggregate(new JournalState(), (s, i) => s.Finish(Finished($"{i}", null)));

        state.Finished.Select(f => f.Order.Id).Should().Equal(Enumerable.Range(13, 20).Reverse().Select(i => $"{i}"));
    }

    private static string Decide(JournalState state, string id, string? retry) =>
        OrderDecider.Decide(state, Twin(new WorkflowOrder(WorkflowAction.ProcessDeployment, id, retry))).Kind.ToString();

    private static DeviceUpdateTwin Twin(WorkflowOrder order) => new() { Service = new DesiredService { Workflow = order } };

    private static ActiveUpdate Active(string id, string? retry) => new()
    {
        Service = new DesiredService { Workflow = new WorkflowOrder(WorkflowAction.ProcessDeployment, id, retry) },
        Phase = UpdatePhase.Transferring,
    };

    private static FinishedUpdate Finished(string id, string? retry) => new()
    {
        Order = new WorkflowOrder(WorkflowAction.ProcessDeployment, id, retry), Outcome = UpdatePhase.Failed, At = default,
    };
}
