using CsCheck;

namespace EdgeGateway.Core.Tests;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(int.MinValue, 2)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Bound_Failures_DoublesFromTheFirstToTheMost(int failures, double seconds) =>
        Backoff.Bound(failures, First, Most).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Bound_FirstAboveTheMost_IsTheMost() => Backoff.Bound(1, Most + First, Most).Should().Be(Most);

    [Fact]
    public void Bound_NoFirstWait_StaysZero() => Backoff.Bound(50, TimeSpan.Zero, Most).Should().Be(TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1.0, 2)]
    [InlineData(2, 1.0, 4)]
    [InlineData(5, 1.0, 32)]
    [InlineData(6, 1.0, 60)]
    [InlineData(int.MaxValue, 1.0, 60)]
    [InlineData(3, 0.5, 4)]
    [InlineData(3, 0.0, 0)]
    public void Delay_DoublesUpToTheMostAndIsRandomBelow(int failures, double random, double seconds) =>
        Backoff.Delay(failures, First, Most, random).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Delay_LongestBase_DoesNotOverflow() =>
        Backoff.Delay(41, TimeSpan.FromMinutes(10), TimeSpan.FromDays(1), 1).Should().Be(TimeSpan.FromDays(1));

    [Fact]
    public void Bound_AnyWaits_NeverShrinksAndStaysWithinItsLimits() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[1, 3600], Gen.Int[1, 86400]).Sample((failures, first, more) =>
        {
            var (least, most) = (TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(first + more));
            var bound = Backoff.Bound(failures, least, most);
            var next = Backoff.Bound(failures + 1, least, most);

            return bound >= least && bound <= most && (next == bound * 2 || next == most);
        });

    [Fact]
    public void Delay_AnyRandomNumber_IsThatShareOfTheBound() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0, 1]).Sample((failures, random) =>
            Backoff.Delay(failures, First, Most, random) == Backoff.Bound(failures, First, Most) * random);
}
