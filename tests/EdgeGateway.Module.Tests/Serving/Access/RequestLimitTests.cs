using EdgeGateway.Module.Serving.Access;

namespace EdgeGateway.Module.Tests.Serving.Access;

public sealed class RequestLimitTests
{
    [Fact]
    public void TryEnter_AsManyAsAllowed_ThenNoMoreUntilOneLeaves()
    {
        var limit = new RequestLimit(2);

        limit.TryEnter("a").Should().BeTrue();
        limit.TryEnter("a").Should().BeTrue();
        limit.TryEnter("a").Should().BeFalse();
        limit.TryEnter("b").Should().BeTrue();
        limit.Leave("a");
        limit.TryEnter("a").Should().BeTrue();
        limit.TryEnter("a").Should().BeFalse();
    }

    [Fact]
    public void TryEnter_FromManyThreads_NeverLetsInMore()
    {
        var limit = new RequestLimit(3);
        var (inside, most) = (0, 0);

        Parallel.For(0, 5000, _ =>
        {
            if (limit.TryEnter("a"))
            {
                var now = Interlocked.Increment(ref inside);
                InterlockedMax(ref most, now);
                Interlocked.Decrement(ref inside);
                limit.Leave("a");
            }
        });

        most.Should().BeInRange(1, 3);
        Enumerable.Range(0, 4).Select(_ => limit.TryEnter("a")).Should().Equal(true, true, true, false);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
