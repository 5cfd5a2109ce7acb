using System.Text.Json.Nodes;
using EdgeGateway.Manifests;

namespace EdgeGateway.Deployment.Tests.Generator;

public sealed class CreateOptionsTests
{
    // {"a":"..."} has 8 characters around the text
    [Theory]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(1024, 2)]
    [InlineData(1025, 3)]
    [InlineData(4096, 8)]
    public void ToPieces_Length_CutsAt512(int length, int pieces)
    {
        var options = new JsonObject { ["a"] = new string('x', length - 8) };

        var result = CreateOptions.ToPieces(options);

        result.Should().HaveCount(pieces).And.OnlyContain(p => p.Value.Length <= 512);
        result.Select(p => p.Key).Should().Equal(
            Enumerable.Range(0, pieces).Select(i => i == 0 ? "createOptions" : $"createOptions0{i}"));
        JsonNode.DeepEquals(JsonNode.Parse(string.Concat(result.Select(p => p.Value))), options).Should().BeTrue();
    }

    [Fact]
    public void ToPieces_TooLong_SaysHowLong() =>
        FluentActions.Invoking(() => CreateOptions.ToPieces(new JsonObject { ["a"] = new string('x', 4089) }))
            .Should().Throw<GenerateException>().WithMessage("*4097 characters*");
}
