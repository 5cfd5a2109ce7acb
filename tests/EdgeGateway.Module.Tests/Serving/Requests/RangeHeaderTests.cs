using EdgeGateway.Module.Serving.Requests;
using EdgeGateway.Testing;
using Microsoft.Extensions.Primitives;
using Xunit.Abstractions;

namespace EdgeGateway.Module.Tests.Serving.Requests;

public sealed class RangeHeaderTests(ITestOutputHelper output)
{
    private const long Size = 1000;

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=0-999", 0, 1000)]
    [InlineData("bytes=0-99999999999999999999999999", 0, 1000)]
    [InlineData("bytes=999-", 999, 1)]
    [InlineData("bytes=-1", 999, 1)]
    [InlineData("bytes=-5000", 0, 1000)]
    [InlineData("Bytes=10-19", 10, 10)]
    [InlineData("bytes= 10-19 ", 10, 10)]
    [InlineData("bytes=0-9,10-19", 0, 20)]
    [InlineData("bytes=5-15, 0-9", 0, 16)]
    [InlineData("bytes=10-19,5000-6000", 10, 10)]
    public void TryRead_OneStretch_IsThatPart(string header, long offset, long length)
    {
        RangeHeader.TryRead(header, Size, out var part).Should().BeTrue();

        part.Should().Be(new ByteSpan(offset, length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("items=0-1")]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1.5-2")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1")]
    [InlineData("bytes=0-0,-1")]
    [InlineData("bytes=0-9,20-29,40-49")]
    public void TryRead_NotOneStretch_IsTheWhole(string header)
    {
        RangeHeader.TryRead(header, Size, out var part).Should().BeTrue();

        part.Should().BeNull();
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=5000-6000,7000-")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16")]
    public void TryRead_NothingOrTooMany_IsRefused(string header) => RangeHeader.TryRead(header, Size, out _).Should().BeFalse();

    [Fact]
    public void TryRead_TwoHeaders_AreIgnored()
    {
        RangeHeader.TryRead(new StringValues(["bytes=0-0", "bytes=1-1"]), Size, out var part).Should().BeTrue();

        part.Should().BeNull();
    }

    [Fact]
    public void TryRead_AnyText_StaysWithinTheContent()
    {
        var random = new Random(Seed.Take(output));
        for (var i = 0; i < 20_000; i++)
        {
            var text = "bytes=" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "0123456789-, x"[random.Next(14)]));
            RangeHeader.TryRead(text, Size, out var part);

            if (part is { } some && (some.Offset < 0 || some.Length < 1 || some.End > Size))
            {
                Assert.Fail(text);
            }
        }
    }
}
