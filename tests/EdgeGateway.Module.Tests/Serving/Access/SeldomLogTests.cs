using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Serving.Access;

public sealed class SeldomLogTests
{
    [Fact]
    public void Take_ManyOfAKind_OneAMinuteWithTheNumberLeftOut()
    {
        var time = new VirtualTime();
        var log = new SeldomLog<string>(time);

        log.Take("a", out var none).Should().BeTrue();
        log.Take("a", out _).Should().BeFalse();
        log.Take("a", out _).Should().BeFalse();
        log.Take("b", out _).Should().BeTrue();
        time.Advance(SeldomLog<string>.Pause);
        log.Take("a", out var two).Should().BeTrue();
        time.Advance(SeldomLog<string>.Pause);
        log.Take("a", out var again).Should().BeTrue();

        (none, two, again).Should().Be((0, 2, 0));
    }
}
