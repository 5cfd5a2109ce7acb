using System.Text;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Tests.Twins;

public sealed class TwinTextTests
{
    [Fact]
    public void Limit_ShortText_IsUntouched() => TwinText.Limit("short").Should().Be("short");

    [Fact]
    public void Limit_LongTextOfWideCharacters_IsCutBetweenThem()
    {
        var text = TwinText.Limit(string.Concat(Enumerable.Repeat("\U0001F600", 300)), 100);

        Encoding.UTF8.GetByteCount(text).Should().BeLessThanOrEqualTo(100).And.BeGreaterThan(90);
        text.Should().EndWith("...").And.NotContain("\uFFFD");
    }
}
