namespace EdgeGateway.Core.Tests;

public sealed class FixedOptionsTests
{
    [Fact]
    public void Get_AnyName_IsTheSameValue()
    {
        var value = new object();
        var options = new FixedOptions<object>(value);

        options.CurrentValue.Should().BeSameAs(value);
        options.Get(null).Should().BeSameAs(value);
        options.Get("name").Should().BeSameAs(value);
    }

    [Fact]
    public void OnChange_Listener_IsNeverCalled()
    {
        var calls = 0;

        new FixedOptions<object>(new object()).OnChange((_, _) => calls++).Should().BeNull();

        calls.Should().Be(0);
    }
}
