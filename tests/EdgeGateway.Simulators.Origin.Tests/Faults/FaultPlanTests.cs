using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin.Tests.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void Take_LimitedTimes_IsWellAfterwards()
    {
        var plan = new FaultPlan();
        plan.Set(new Fault(FaultKind.ServerError), times: 2);

        var kinds = Enumerable.Range(0, 3).Select(_ => plan.Take().Kind);

        kinds.Should().Equal(FaultKind.ServerError, FaultKind.ServerError, FaultKind.None);
    }

    [Fact]
    public void Clear_AfterSet_IsWell()
    {
        var plan = new FaultPlan();
        plan.Set(new Fault(FaultKind.NotFound));
        plan.Take().Kind.Should().Be(FaultKind.NotFound);

        plan.Clear();

        plan.Take().Should().Be(Fault.None);
    }
}
