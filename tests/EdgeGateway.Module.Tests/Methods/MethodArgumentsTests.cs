using System.Text.Json.Nodes;
using EdgeGateway.Module.Methods;

namespace EdgeGateway.Module.Tests.Methods;

public sealed class MethodArgumentsTests
{
    [Theory]
    [InlineData("[]", "", "The payload is []; an object is expected.")]
    [InlineData("7", "", "The payload is 7; an object is expected.")]
    [InlineData("""{ "limit": "x" }""", "limit", "limit is \"x\"; a whole number from 1 to 9 is expected.")]
    [InlineData("""{ "limit": 1.5 }""", "limit", "limit is 1.5; a whole number from 1 to 9 is expected.")]
    [InlineData("""{ "limit": 1e400 }""", "limit", "limit is 1e400; a whole number from 1 to 9 is expected.")]
    [InlineData("""{ "id": {} }""", "id", "id is {}; a text of 1 to 256 characters is expected.")]
    [InlineData("""{ "ids": [ 1 ] }""", "ids", "ids is [1]; a list of 1 to 3 texts of 1 to 256 characters is expected.")]
    [InlineData("""{ "ids": [] }""", "ids", "ids is []; a list of 1 to 3 texts of 1 to 256 characters is expected.")]
    [InlineData("""{ "filter": [] }""", "filter", "filter is []; an object is expected.")]
    [InlineData("""{ "filter": { "tail": 0 } }""", "filter.tail", "filter.tail is 0; a whole number from 1 to 9 is expected.")]
    [InlineData("""{ "filter": { "tial": 1 } }""", "filter.tial", "filter.tial is unknown; known are tail.")]
    [InlineData("""{ "idd": "x" }""", "idd", "idd is unknown; known are limit, id, ids, filter.")]
    [InlineData("""{ "limit": 1, "limit": 2 }""", "limit", "limit is there twice.")]
    public void Finish_Mistake_IsNamed(string payload, string field, string text)
    {
        var arguments = new MethodArguments(JsonNode.Parse(payload));
        arguments.Integer("limit", 1, 9);
        arguments.Text("id", required: payload.Contains("\"id\""));
        arguments.Texts("ids", 3);
        arguments.Section("filter").Integer("tail", 1, 9);

        arguments.Finish().Should().Equal(new ArgumentError(field, text));
    }

    [Fact]
    public void Finish_TextThatIsNoUnicode_IsOneMistakeOfThePayload()
    {
        var arguments = new MethodArguments(JsonNode.Parse("""{ "id": "\ud800", "x": 1 }"""));
        arguments.Text("id", required: true);

        arguments.Finish().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Field = "" });
    }

    [Fact]
    public void Finish_ManyMistakes_AllAreNamed()
    {
        var arguments = new MethodArguments(JsonNode.Parse("""{ "limit": 0, "x": 1 }"""));
        arguments.Integer("limit", 1, 9);
        arguments.Text("id", required: true);

        arguments.Finish().Select(e => e.Field).Should().Equal("limit", "id", "x");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "limit": null, "id": null }""")]
    public void Read_NothingThere_IsNullAndNoMistake(string payload)
    {
        var arguments = new MethodArguments(JsonNode.Parse(payload));

        arguments.Integer("limit", 1, 9).Should().BeNull();
        arguments.Text("id").Should().BeNull();
        arguments.Finish().Should().BeEmpty();
    }
}
