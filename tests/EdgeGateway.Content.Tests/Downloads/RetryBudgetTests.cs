using EdgeGateway.Content;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Content.Tests.Downloads;

public sealed class RetryBudgetTests(ITestOutputHelper output)
{
    private readonly ContentOptions _options = new() { Retries = 5, RetryBase = TimeSpan.FromSeconds(1), RetryMax = TimeSpan.FromSeconds(6) };

    [Fact]
    public void Next_InARow_BoundDoublesUpToTheLargest()
    {
        var seed = Seed.Take(output);
        for (var run = 0; run < 200; run++)
        {
            var budget = new RetryBudget(_options, new Random(seed + run), 0);
            foreach (var bound in new[] { 1, 2, 4, 6, 6 })
            {
                budget.Next(0)!.Value.Should().BeGreaterOrEqualTo(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromSeconds(bound));
            }

            budget.Next(0).Should().BeNull();
        }
    }

    [Fact]
    public void Next_GotFurther_CountsAnew()
    {
        var budget = new RetryBudget(_options, new Random(1), 1000);
        Spend(budget, 1000, 5);

        Spend(budget, 1000 + (64 * 1024), 5);

        budget.Next(1000 + (64 * 1024) + 100).Should().BeNull("a few bytes are no progress");
    }

    [Fact]
    public void Next_FellBackAndCameBack_IsNoProgress()
    {
        var budget = new RetryBudget(_options, new Random(1), 0);
        Spend(budget, 200_000, 3);
        Spend(budget, 0, 2);

        budget.Next(200_000).Should().BeNull();
    }

    [Fact]
    public void Next_NoRetries_Null() => new RetryBudget(new ContentOptions { Retries = 0 }, new Random(1), 0).Next(0).Should().BeNull();

    private static void Spend(RetryBudget budget, long present, int times)
    {
        for (var i = 0; i < times; i++)
        {
            budget.Next(present).Should().NotBeNull();
        }
    }
}
