namespace EdgeGateway.Core.Tests;

public sealed class McuIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("MCU-07.left")]
    [InlineData("09azAZ-.%_*?!(),:=@$'")]
    public void Create_AllowedText_KeepsIt(string text)
    {
        var id = new McuId(text);

        McuId.IsValid(text).Should().BeTrue();
        id.Value.Should().Be(text);
        id.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a+b")]
    [InlineData("a;b")]
    [InlineData("\u00e9")]
    [InlineData("\uff11")]
    [InlineData("line\n")]
    public void Create_OtherText_IsRefusedWithTheRule(string text)
    {
        McuId.IsValid(text).Should().BeFalse();
        FluentActions.Invoking(() => new McuId(text)).Should().Throw<ArgumentException>().WithMessage($"*'{text}'*128*");
    }

    [Fact]
    public void IsValid_Null_IsFalse() => McuId.IsValid(null).Should().BeFalse();

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void IsValid_Length_HasALimit(int length, bool valid) => McuId.IsValid(new string('x', length)).Should().Be(valid);

    [Fact]
    public void Default_Value_IsEmpty()
    {
        default(McuId).Value.Should().BeEmpty();
        default(McuId).ToString().Should().BeEmpty();
    }

    [Fact]
    public void Equals_SameTextInAnotherCase_IsFalse()
    {
        new McuId("mcu-1").Should().Be(new McuId("mcu-1"));
        new McuId("mcu-1").Should().NotBe(new McuId("MCU-1"));
    }
}
