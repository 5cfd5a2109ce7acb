using EdgeGateway.Content;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Downloads;

public sealed class RateGuardTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private readonly VirtualTime _time = new();

    [Fact]
    public void Count_OneByteASecond_EndsAfterThePeriod()
    {
        using var guard = new RateGuard(_time, 256, Period, CancellationToken.None);
        for (var second = 0; second < 29; second++)
        {
            guard.Count(1);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        guard.Token.IsCancellationRequested.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        guard.Token.IsCancellationRequested.Should().BeTrue();
        guard.TooSlow.Should().BeTrue();
    }

    [Theory]
    [InlineData(7680, false)]
    [InlineData(7679, true)]
    public void Count_AroundTheLeast_EndsBelowIt(int bytes, bool tooSlow)
    {
        using var guard = new RateGuard(_time, 256, Period, CancellationToken.None);
        guard.Count(bytes);

        _time.Advance(Period);

        guard.TooSlow.Should().Be(tooSlow);
    }

    [Fact]
    public void Count_FastThenStill_EachPeriodCountsAlone()
    {
        using var guard = new RateGuard(_time, 256, Period, CancellationToken.None);
        guard.Count(1_000_000);
        _time.Advance(Period);
        guard.TooSlow.Should().BeFalse();

        _time.Advance(Period);

        guard.TooSlow.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Count_NoLeastRate_OnlyStandstillEnds(int bytes, bool tooSlow)
    {
        using var guard = new RateGuard(_time, 0, Period, CancellationToken.None);
        guard.Count(bytes);

        _time.Advance(Period);

        guard.TooSlow.Should().Be(tooSlow);
    }

    [Fact]
    public void Dispose_BeforeThePeriodEnds_NothingHappensLater()
    {
        var guard = new RateGuard(_time, 256, Period, CancellationToken.None);

        guard.Dispose();
        _time.Advance(Period);

        guard.TooSlow.Should().BeFalse();
        _time.ArmedTimers.Should().Be(0);
    }
}
