using EdgeGateway.Content.Sources.Paths;

namespace EdgeGateway.Content.Tests.Sources.Paths;

public sealed class GatewayPathTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void TryParse_Nothing_EmptyPath(string? text)
    {
        GatewayPath.TryParse(text, out var path).Should().BeTrue();
        path.ToString().Should().BeEmpty();
        path.IsFull.Should().BeFalse();
    }

    [Fact]
    public void TryParse_ItsOwnText_TheSamePath()
    {
        var (a, b) = (GatewayPath.NewId(), GatewayPath.NewId());
        GatewayPath.TryParse(GatewayPath.Empty.Append(a).Append(b).ToString(), out var path).Should().BeTrue();

        path.Contains(a).Should().BeTrue();
        path.Contains(b).Should().BeTrue();
        path.Contains(GatewayPath.NewId()).Should().BeFalse();
    }

    [Theory]
    [InlineData("a,,b")]
    [InlineData("a b")]
    [InlineData("a,\u00e9")]
    [InlineData("<script>")]
    [InlineData("0123456789012345678901234567890123")]
    public void TryParse_NoIds_False(string text) => GatewayPath.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void TryParse_EightIds_IsFull()
    {
        GatewayPath.TryParse("1,2,3,4,5,6,7", out var seven).Should().BeTrue();
        GatewayPath.TryParse("1,2,3,4,5,6,7,8", out var eight).Should().BeTrue();

        seven.IsFull.Should().BeFalse();
        eight.IsFull.Should().BeTrue();
    }

    [Fact]
    public void TryParse_HundredThousandIds_RefusedWithoutWork() =>
        GatewayPath.TryParse(string.Join(',', Enumerable.Repeat("x", 100_000)), out _).Should().BeFalse();
}
