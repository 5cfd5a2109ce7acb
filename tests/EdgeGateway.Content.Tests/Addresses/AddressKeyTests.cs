using EdgeGateway.Content.Addresses;

namespace EdgeGateway.Content.Tests.Addresses;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("http://h/a?x=1", "http://h/a?x=1#part", true)]
    [InlineData("http://h/a", "http://H:80/a", true)]
    [InlineData("http://h/a?x=1", "http://h/a?x=2", false)]
    [InlineData("http://h/a", "https://h/a", false)]
    [InlineData("http://h/a", "http://h:8080/a", false)]
    [InlineData("http://h/a", "http://h/A", false)]
    public void Of_TwoAddresses_SameIfTheyAreTheSame(string one, string two, bool same) =>
        (AddressKey.Of(new Uri(one)) == AddressKey.Of(new Uri(two))).Should().Be(same);

    [Fact]
    public void Tag_WithValidator_OfItAndTheAddressAndTheSize()
    {
        var (a, b) = (AddressKey.Of(new Uri("http://h/a")), AddressKey.Of(new Uri("http://h/b")));

        AddressKey.Tag(a, "v", 1).Should().Be(AddressKey.Tag(a, "v", 1)).And.MatchRegex("^[0-9a-f]{32}$");
        new[] { AddressKey.Tag(a, "v", 1), AddressKey.Tag(b, "v", 1), AddressKey.Tag(a, "w", 1), AddressKey.Tag(a, "v", 2) }.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Tag_WithoutValidator_NeverTheSame()
    {
        var key = AddressKey.Of(new Uri("http://h/a"));

        AddressKey.Tag(key, null, 1).Should().NotBe(AddressKey.Tag(key, null, 1));
    }
}
