using System.Text.Json.Nodes;

namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>Each rule catches a manifest that breaks it; the good one is a committed file.</summary>
public sealed class ManifestRulesTests
{
    private const string Agent = "modulesContent/$edgeAgent/properties.desired";
    private const string Gateway = Agent + "/modules/IdentityGateway";
    private const string Hub = "modulesContent/$edgeHub/properties.desired";

    public static TheoryData<string, string?, string> Broken => new()
    {
        { "modulesContent", null, "lacks modulesContent" },
        { "other", "1", "other, which is unknown" },
        { "modulesContent/$edgeAgent", null, "$edgeAgent is no object" },
        { "modulesContent/$edgeHub", null, "$edgeHub is no object" },
        { $"{Agent}/schemaVersion", "\"1.2\"", "schemaVersion is '1.2'" },
        { $"{Agent}/schemaVersion", "1.1", "schemaVersion is no text" },
        { $"{Agent}/runtime", null, "lacks runtime" },
        { $"{Agent}/runtime/type", "\"podman\"", "type is 'podman'" },
        { $"{Agent}/runtime/settings/minDockerVersion", "\"25\"", "minDockerVersion is '25'" },
        { $"{Agent}/runtime/settings/registryCredentials", """{"a.b":{"username":"u","password":"p","address":"a"}}""", "a.b, a name that is not allowed" },
        { $"{Agent}/runtime/settings/registryCredentials", """{"a":{"username":"u","address":"a"}}""", "lacks password" },
        { $"{Agent}/systemModules/edgeHub", null, "lacks edgeHub" },
        { $"{Agent}/systemModules/edgeAgent/status", "\"running\"", "status, which is unknown" },
        { $"{Agent}/systemModules/edgeHub/restartPolicy", null, "lacks restartPolicy" },
        { $"{Agent}/modules/Identity Gateway", "{}", "a name that is not allowed" },
        { $"{Gateway}/type", null, "lacks type" },
        { $"{Gateway}/type", "\"Docker\"", "type is 'Docker'" },
        { $"{Gateway}/status", "\"run\"", "status is 'run'" },
        { $"{Gateway}/restartPolicy", "\"on-unhealthy\"", "restartPolicy is 'on-unhealthy'" },
        { $"{Gateway}/imagePullPolicy", "\"always\"", "imagePullPolicy is 'always'" },
        { $"{Gateway}/startupOrder", "-1", "startupOrder is -1" },
        { $"{Gateway}/startupOrder", "4294967296", "startupOrder is 4294967296" },
        { $"{Gateway}/startupOrder", "\"1\"", "startupOrder is \"1\"" },
        { $"{Gateway}/env/A.B", """{"value":"x"}""", "A.B, a name that is not allowed" },
        { $"{Gateway}/env/A", """{"value":null}""", "lacks value" },
        { $"{Gateway}/env/A", """{"value":[]}""", "value is Array" },
        { $"{Gateway}/env/A", "\"x\"", "A is no object" },
        { $"{Gateway}/settings/image", null, "lacks image" },
        { $"{Gateway}/settings/image", "\"contoso.azurecr.io/gateway\"", "image is 'contoso.azurecr.io/gateway'" },
        { $"{Gateway}/settings/image", "\"${MODULES.X}\"", "image is '${MODULES.X}'" },
        { $"{Gateway}/settings/createOptions", "{}", "createOptions is no text" },
        { $"{Gateway}/settings/createOptions", "\"{\"", "createOptions is no JSON" },
        { $"{Gateway}/settings/createOptions", null, "without a gap" },
        { $"{Gateway}/settings/createOptions03", "\"\"", "without a gap" },
        { $"{Gateway}/settings/createOptions01", $"\"{new string(' ', 513)}\"", "more than 512 characters" },
        { $"{Gateway}/settings/options", "\"\"", "options, a name that is not allowed" },
        { $"{Hub}/schemaVersion", null, "lacks schemaVersion" },
        { $"{Hub}/routes/a", "\"FROM /* TO $upstream\"", "expected is FROM" },
        { $"{Hub}/routes/a", "\"FROM /messages/modules/a/inputs/b INTO $upstream\"", "expected is FROM" },
        { $"{Hub}/routes/a", "\"FROM /* WHERE (a = 1 INTO $upstream\"", "open bracket" },
        { $"{Hub}/routes/a", "\"FROM /* INTO BrokeredEndpoint(\\\"modules/a\\\")\"", "expected is FROM" },
        { $"{Hub}/routes/a.b", "\"FROM /* INTO $upstream\"", "a.b, a name that is not allowed" },
        { $"{Hub}/routes/a", """{"route":"FROM /* INTO $upstream","priority":10}""", "priority is 10" },
        { $"{Hub}/routes/a", """{"priority":1}""", "lacks route" },
        { $"{Hub}/storeAndForwardConfiguration", "{}", "lacks timeToLiveSecs" },
        { "modulesContent/Stranger", """{"properties.desired":{}}""", "Stranger is a module that $edgeAgent does not run" },
        { "modulesContent/IdentityGateway/properties.desired/a$b", "1", "'a$b', which no name in a twin may be" },
        { "modulesContent/IdentityGateway/properties.desired/x", $"\"{new string('ä', 2049)}\"", "longer than 4096 bytes" },
        { "modulesContent/IdentityGateway/properties.desired/x", Deep(10), "deeper than 10 levels" },
        { "modulesContent/IdentityGateway/properties.desired/x", Wide(9), "more than 32768" },
    };

    public static TheoryData<string, string?, string> BrokenLayers => new()
    {
        { "modulesContent/$edgeAgent/properties.desired", "{}", "properties.desired, a name that is not allowed" },
        { "modulesContent/$edgeAgent/properties.desired.systemModules.edgeHub", "{}", "a name that is not allowed" },
        { "modulesContent/$edgeAgent/properties.desired.modules.IdentityGateway/status", null, "lacks status" },
        { "modulesContent/$edgeHub/properties.desired.routes.a", "\"INTO $upstream\"", "expected is FROM" },
        { "modulesContent/IdentityGateway/properties.desired", "{}", "properties.desired, a name that is not allowed" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_BrokenManifest_SaysWhatIsWrong(string path, string? value, string expected) =>
        Check("deployment.amd64.json", ManifestKind.Full, path, value).Should().Contain(b => b.Contains(expected));

    [Theory]
    [MemberData(nameof(BrokenLayers))]
    public void Check_BrokenLayer_SaysWhatIsWrong(string path, string? value, string expected) =>
        Check("deployment.layered.amd64.json", ManifestKind.Layered, path, value).Should().Contain(b => b.Contains(expected));

    [Theory]
    [InlineData("FROM /* INTO $upstream")]
    [InlineData("FROM /messages/* WHERE NOT IS_DEFINED($connectionModuleId) INTO $upstream")]
    [InlineData("FROM /messages/modules/a/outputs/b WHERE temperature > 5 INTO BrokeredEndpoint(\\\"/modules/c/inputs/d\\\")")]
    public void Check_GoodRoute_IsNotBroken(string route) =>
        Check("deployment.amd64.json", ManifestKind.Full, $"{Hub}/routes/a", $"\"{route}\"").Should().BeEmpty();

    private static IReadOnlyList<string> Check(string file, ManifestKind kind, string path, string? value)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Manifests, "config", file)))!.AsObject();
        var parts = path.Split('/');
        var parent = parts[..^1].Aggregate(manifest, (node, part) => node[part]!.AsObject());
        if (value is null)
        {
            parent.Remove(parts[^1]).Should().BeTrue("the test is about something that is there");
        }
        else
        {
            parent[parts[^1]] = JsonNode.Parse(value);
        }

        return ManifestRules.Check(manifest, kind);
    }

    private static string Deep(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    private static string Wide(int texts) =>
        "{" + string.Join(',', Enumerable.Range(0, texts).Select(i => $"\"t{i}\":\"{new string('x', 4000)}\"")) + "}";
}
