using EdgeGateway.Firmware.Workflow.Progress;
using EdgeGateway.Testing;

namespace EdgeGateway.Firmware.Tests.Workflow.Progress;

public sealed class ProgressMeterTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void Rate_SteadyFlow_IsExactAndLeavesOutWhatWasThereBefore()
    {
        var meter = new ProgressMeter(_time);
        meter.Start(50_000);
        for (var bytes = 51_000; bytes <= 60_000; bytes += 1000)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            meter.Report(bytes);
        }

        meter.Rate.Should().BeApproximately(10_000, 0.001);
        meter.Remaining(25_000).Should().Be(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Rate_FlowStops_FallsTowardsZero()
    {
        var meter = new ProgressMeter(_time);
        meter.Start(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        meter.Report(1000);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            meter.Report(1000);
        }

        meter.Rate.Should().BeInRange(1, 100);
    }

    [Fact]
    public void Rate_NothingYet_IsUnknown()
    {
        var meter = new ProgressMeter(_time);
        meter.Start(0);
        meter.Report(100);

        meter.Rate.Should().BeNull();
        meter.Remaining(1).Should().BeNull();
    }

    [Fact]
    public void Remaining_HardlyMoving_IsBounded()
    {
        var meter = new ProgressMeter(_time);
        meter.Start(0);
        _time.Advance(TimeSpan.FromDays(100));
        meter.Report(1);

        meter.Remaining(long.MaxValue).Should().Be(TimeSpan.FromDays(365));
    }
}
