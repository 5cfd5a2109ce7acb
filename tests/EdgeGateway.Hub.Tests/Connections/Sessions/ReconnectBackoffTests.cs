using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

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
