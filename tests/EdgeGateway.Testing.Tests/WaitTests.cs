using EdgeGateway.Testing;

namespace EdgeGateway.Testing.Tests;

public sealed class WaitTests
{
    [Fact]
    public async Task UntilAsync_ConditionComesTrue_Returns()
    {
        var looks = 0;

        await Wait.UntilAsync(() => ++looks == 3);

        looks.Should().Be(3);
    }

    [Fact]
    public async Task UntilAsync_LimitPassed_NamesWhatWasAwaitedAndSeen()
    {
        var wait = () => Wait.UntilAsync(() => Task.FromResult("red"), seen => seen == "green", "a green light", TimeSpan.Zero);

        (await wait.Should().ThrowAsync<TimeoutException>()).WithMessage("*a green light*red*");
    }

    [Fact]
    public void FreePort_TakenTwice_Differs() => FreePort.Take().Should().NotBe(FreePort.Take());
}
