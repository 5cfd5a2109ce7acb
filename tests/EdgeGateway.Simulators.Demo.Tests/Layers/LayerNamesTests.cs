using EdgeGateway.Simulators.Demo.Layers;

namespace EdgeGateway.Simulators.Demo.Tests.Layers;

public sealed class LayerNamesTests
{
    [Theory]
    [InlineData(2, "top bottom")]
    [InlineData(3, "top middle bottom")]
    [InlineData(4, "top upper lower bottom")]
    [InlineData(5, "top upper middle lower bottom")]
    public void For_Count_GoesFromTopToBottom(int count, string expected) => string.Join(' ', LayerNames.For(count)).Should().Be(expected);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void For_OtherCount_Throws(int count)
    {
        var names = () => LayerNames.For(count);

        names.Should().Throw<ArgumentOutOfRangeException>().WithMessage("expected 2 to 5 layers*");
    }
}
