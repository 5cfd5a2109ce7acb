using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Twins;

namespace EdgeGateway.Simulators.IotHub.Tests.Twins;

public sealed class TwinLimitsTests
{
    [Theory]
    [InlineData("""{"a":null,"b":{"c":null},"d":[1,"x",true,{"e":1}]}""")]
    [InlineData("""{"n":4503599627370495,"m":-4503599627370496,"f":1e300}""")]
    [InlineData("""{"äö":"ü","a-b_c":1}""")]
    public void Check_Allowed_Passes(string patch) => Check(patch).Should().NotThrow();

    [Theory]
    [InlineData("""{"a.b":1}""", "*reported*'a.b'*")]
    [InlineData("""{"x":{"$y":1}}""", "*reported.x*'$y'*")]
    [InlineData("""{"a#":1}""", "*'a#'*")]
    [InlineData("""{"a b":1}""", "*'a b'*")]
    [InlineData("""{"a\u0001":1}""", "*control*")]
    [InlineData("""{"a\u0085":1}""", "*control*")]
    [InlineData("""{"":1}""", "*empty*")]
    [InlineData("""{"a":[1,null]}""", "*reported.a[]*null*")]
    [InlineData("""{"a":[{"b":[null]}]}""", "*null*")]
    [InlineData("""{"n":4503599627370496}""", "*reported.n*4503599627370496*")]
    [InlineData("""{"n":-4503599627370497}""", "*reported.n*")]
    [InlineData("""{"n":99999999999999999999999}""", "*reported.n*")]
    public void Check_NotAllowed_NamesPropertyAndRule(string patch, string message) =>
        Check(patch).Should().Throw<HubRequestException>().WithMessage(message).Which.Error.Should().Be(HubError.ArgumentInvalid);

    [Theory]
    [InlineData(TwinLimits.MaxStringBytes, true)]
    [InlineData(TwinLimits.MaxStringBytes + 1, false)]
    public void Check_StringLength_IsLimited(int length, bool allowed) =>
        Expect(new JsonObject { ["s"] = new string('x', length) }, allowed);

    [Fact]
    public void Check_StringLength_IsCountedInUtf8() => Expect(new JsonObject { ["s"] = new string('ä', 2049) }, allowed: false);

    [Theory]
    [InlineData(TwinLimits.MaxNameBytes, true)]
    [InlineData(TwinLimits.MaxNameBytes + 1, false)]
    public void Check_NameLength_IsLimited(int length, bool allowed) => Expect(new JsonObject { [new string('n', length)] = 1 }, allowed);

    [Theory]
    [InlineData(TwinLimits.MaxDepth, true)]
    [InlineData(TwinLimits.MaxDepth + 1, false)]
    public void Check_Depth_IsLimited(int depth, bool allowed)
    {
        JsonObject patch = new() { ["leaf"] = 1 };
        for (var i = 0; i < depth; i++)
        {
            patch = new JsonObject { ["level"] = patch };
        }

        Expect(patch, allowed);
    }

    [Fact]
    public void SizeOf_Section_CountsNamesAndValues() =>
        TwinLimits.SizeOf(JsonNode.Parse("""{"ab":"cde","n":1,"t":true,"o":{"xy":"ä"},"l":["1",2]}""")).Should()
            .Be(2 + 3 + 1 + 8 + 1 + 4 + 1 + 2 + 2 + 1 + 1 + 8);

    [Fact]
    public void CheckSize_AtLimit_PassesBeyondIs413()
    {
        var section = new JsonObject { ["ab"] = "cd" };

        FluentActions.Invoking(() => TwinLimits.CheckSize(section, "reported", 4)).Should().NotThrow();
        FluentActions.Invoking(() => TwinLimits.CheckSize(section, "reported", 3)).Should().Throw<HubRequestException>()
            .WithMessage("reported*4*3*").Which.Error.Should().Be(HubError.TooLarge);
    }

    private static Action Check(string patch) => () => TwinLimits.Check(JsonNode.Parse(patch)!.AsObject(), "reported");

    private static void Expect(JsonObject patch, bool allowed)
    {
        var check = FluentActions.Invoking(() => TwinLimits.Check(patch, "reported"));
        if (allowed)
        {
            check.Should().NotThrow();
        }
        else
        {
            check.Should().Throw<HubRequestException>().Which.Error.Should().Be(HubError.ArgumentInvalid);
        }
    }
}
