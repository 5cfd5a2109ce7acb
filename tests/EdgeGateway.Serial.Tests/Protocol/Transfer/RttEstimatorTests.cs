using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

public sealed class RttEstimatorTests
{
    private readonly RttEstimator _rtt = new();

    [Fact]
    public void TimeOut_BeforeTheFirstSample_IsOneSecond() => _rtt.TimeOut.Should().Be(TimeSpan.FromSeconds(1));

    [Fact]
    public void Sample_First_SetsSmoothedAndHalfOfItAsVariation()
    {
        _rtt.Sample(Ms(100));
        _rtt.Smoothed.Should().Be(Ms(100));
        _rtt.TimeOut.Should().Be(Ms(300), "RFC 6298 2.2: SRTT + 4 x R/2");
    }

    [Fact]
    public void Sample_Second_FollowsTheWeightsOfRfc6298()
    {
        _rtt.Sample(Ms(100));
        _rtt.Sample(Ms(200));
        _rtt.Smoothed.Should().Be(Ms(112.5));
        _rtt.TimeOut.Should().Be(Ms(112.5 + (4 * ((0.75 * 50) + (0.25 * 100)))));
    }

    [Fact]
    public void TimeOut_SteadyShortRoundTrips_NeverFallsBelowTheLeast()
    {
        for (var i = 0; i < 50; i++)
        {
            _rtt.Sample(Ms(0.5));
        }

        _rtt.TimeOut.Should().Be(RttEstimator.Least);
    }

    [Fact]
    public void BackOff_Repeated_DoublesUpToTheGreatestAndEndsWithASample()
    {
        _rtt.Sample(Ms(100));
        _rtt.BackOff();
        _rtt.TimeOut.Should().Be(Ms(600));
        for (var i = 0; i < 50; i++)
        {
            _rtt.BackOff();
        }

        _rtt.TimeOut.Should().Be(RttEstimator.Greatest);
        _rtt.Sample(Ms(100));
        _rtt.TimeOut.Should().BeLessThan(Ms(300));
    }

    [Fact]
    public void Sample_Negative_CountsAsZero()
    {
        _rtt.Sample(Ms(-5));
        _rtt.Smoothed.Should().Be(TimeSpan.Zero);
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
