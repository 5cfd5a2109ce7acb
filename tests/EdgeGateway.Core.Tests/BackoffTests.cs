
namespace EdgeGateway.Core.Tests;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

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
}
