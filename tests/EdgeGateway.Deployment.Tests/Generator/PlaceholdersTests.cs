using EdgeGateway.Manifests;

namespace EdgeGateway.Deployment.Tests.Generator;

public sealed class PlaceholdersTests
{
    private readonly Placeholders _placeholders = new(
        new Dictionary<string, string> { ["A"] = "one", ["AB"] = "two", ["NESTED"] = "$A" },
        module => module is "Gateway" ? "image:1" : module is "Gateway.debug" ? "image:1.debug" : null,
        file => file == "a.conf" ? "YQ==" : null);

    [Theory]
    [InlineData("${A}/$AB", "one/two")]
    [InlineData("$A-${A}x", "one-onex")]
    [InlineData("${MODULES.Gateway} ${MODULES.Gateway.debug}", "image:1 image:1.debug")]
    [InlineData("${BASE64.a.conf}", "YQ==")]
    [InlineData("WHERE NOT IS_DEFINED($connectionModuleId) INTO $upstream", "WHERE NOT IS_DEFINED($connectionModuleId) INTO $upstream")]
    [InlineData("$edgeHub costs $1", "$edgeHub costs $1")]
    [InlineData("${NESTED}", "$A")]
    public void Expand_Text_PutsValuesIn(string text, string expected) => _placeholders.Expand(text).Should().Be(expected);

    [Theory]
    [InlineData("${MISSING}")]
    [InlineData("$MISSING")]
    [InlineData("${MODULES.Other}")]
    [InlineData("${BASE64.b.conf}")]
    public void Expand_Unknown_NamesThePlaceholder(string text) =>
        _placeholders.Invoking(p => p.Expand(text)).Should().Throw<GenerateException>().WithMessage($"{text} stands for nothing*");
}
