using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Mqtt.Topics;

public sealed class PropertyBagTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("/")]
    public void Parse_Nothing_GivesNoProperties(string text) => PropertyBag.Parse(text).Should().BeEmpty();

    [Fact]
    public void Parse_NameWithoutValue_GivesAnEmptyValue() =>
        PropertyBag.Parse("?a&b=&c=1=2&=x").Should().BeEquivalentTo(
            new Dictionary<string, string> { ["a"] = "", ["b"] = "", ["c"] = "1=2", [""] = "x" });

    [Fact]
    public void Parse_EncodedTwice_IsDecodedOnce() => PropertyBag.Parse("a=%2525").Should().Contain("a", "%25");

    [Fact]
    public void Format_Unicode_RoundTrips()
    {
        var properties = new Dictionary<string, string> { ["größe"] = "½ µm/☃", ["plus+"] = "a+b #$%" };

        PropertyBag.Parse(PropertyBag.Format(properties)).Should().Equal(properties);
    }
}
