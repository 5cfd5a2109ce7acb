using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Pacing;

public sealed class ReconnectBackoffTests(ITestOutputHelper output)
{
    private static readonly HubOptions Options = new();

    [Fact]
    public void Next_FailureAfterFailure_StaysWithinTheDoubledBound()
    {
        var random = new Random(Seed.Take(output));
        for (var run = 0; run < 200; run++)
        {
            var backoff = new ReconnectBackoff(Options, new Jitter(random));
            var bound = Options.ReconnectBase;
            for (var i = 0; i < 40; i++)
            {
                backoff.Next(HubFailure.Unreachable).Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThanOrEqualTo(bound);
                bound = bound * 2 < Options.ReconnectMax ? bound * 2 : Options.ReconnectMax;
            }
        }
    }

    [Fact]
    public void Next_ManyIdentities_SpreadOverTheWholeBound()
    {
        var jitter = new Jitter(new Random(Seed.Take(output)));
        var waits = Enumerable.Range(0, 1000).Select(_ => new ReconnectBackoff(Options, jitter).Next(HubFailure.Unreachable)).ToList();

        waits.Count(w => w < Options.ReconnectBase / 2).Should().BeInRange(400, 600, "full jitter is even over the bound");
    }

    [Theory]
    [InlineData(HubFailure.Unauthorized)]
    [InlineData(HubFailure.Untrusted)]
    [InlineData(HubFailure.Replaced)]
    [InlineData(HubFailure.GatewayFull)]
    public void Next_Refused_WaitsLongAndLonger(HubFailure failure)
    {
        var backoff = new ReconnectBackoff(Options, new Jitter(new Random(Seed.Take(output))));

        backoff.Next(failure).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
        backoff.Next(failure).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 20; i++)
        {
            backoff.Next(failure).Should().BeLessThanOrEqualTo(Options.RefusedRetryMax);
        }

        backoff.Next(failure).Should().BeGreaterThanOrEqualTo(Options.RefusedRetryMax / 2);
    }

    [Fact]
    public void Next_RefusedByAGateway_KnocksAgainSoonThenOnlyAfterItsDamping()
    {
        var jitter = new Jitter(new Random(Seed.Take(output)));
        for (var run = 0; run < 200; run++)
        {
            var backoff = new ReconnectBackoff(Options, jitter);

            var waits = Enumerable.Range(0, 6).Select(_ => backoff.Next(HubFailure.Unauthorized, refusedByGateway: true)).ToList();

            waits[0].Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(10), "it may have been a passing trouble");
            waits.Skip(1).Should().OnlyContain(w => w > TimeSpan.FromSeconds(120) && w <= Options.RefusedRetryMax);
            waits[1].Should().BeLessThan(TimeSpan.FromSeconds(150));
            waits[3].Should().BeGreaterThanOrEqualTo(Options.RefusedRetryMax * 5 / 6);
        }
    }

    [Fact]
    public void Next_RefusedByAGatewayWithAShortMaximum_KeepsToIt()
    {
        var backoff = new ReconnectBackoff(new HubOptions { RefusedRetryMax = TimeSpan.FromSeconds(10) }, new Jitter(new Random(Seed.Take(output))));

        Enumerable.Range(0, 6).Select(_ => backoff.Next(HubFailure.Unauthorized, refusedByGateway: true))
            .Should().OnlyContain(w => w <= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Reset_AfterFailures_BeginsAnew()
    {
        var backoff = new ReconnectBackoff(Options, new Jitter(new Random(Seed.Take(output))));
        for (var i = 0; i < 10; i++)
        {
            backoff.Next(HubFailure.Unreachable);
        }

        backoff.Reset();

        backoff.Next(HubFailure.Unreachable).Should().BeLessThanOrEqualTo(Options.ReconnectBase);
    }
}
