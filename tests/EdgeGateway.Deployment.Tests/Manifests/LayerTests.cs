using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeGateway.Module.Serving;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>The layers of a nested set-up fit one on the other: what a layer asks for, the one above it serves.</summary>
public sealed partial class LayerTests
{
    private const string HttpsPort = "443";
    private static readonly string[] FromTopToBottom = ["top", "middle", "bottom"];

    public static TheoryData<string> Layers => [.. Manifest.Names.Where(name => Manifest.Read(name).Layer is not null)];

    public static TheoryData<string> Proxies => [.. Manifest.Names.Where(name => Manifest.Read(name).IsAbove)];

    [Fact]
    public void Layers_AreAllThree() =>
        Manifest.Names.Select(name => Manifest.Read(name).Layer).Where(layer => layer is not null).Distinct().Should().BeEquivalentTo(FromTopToBottom);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Images_BelowTheTop_ComeFromTheLayerAbove(string name)
    {
        var manifest = Manifest.Read(name);
        var images = manifest.AllModules.Values.Select(module => module["settings"]!["image"]!.GetValue<string>());

        images.Should().OnlyContain(image => image.StartsWith($"$upstream:{HttpsPort}/") == manifest.IsBelow);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Runtime_BelowTheTop_GoesUpThroughTheOpenPort(string name)
    {
        var manifest = Manifest.Read(name);
        foreach (var module in new[] { "edgeAgent", "edgeHub" })
        {
            ((string?)manifest.AllModules[module]["env"]?["UpstreamProtocol"]?["value"]).Should().Be(manifest.IsBelow ? "AmqpWs" : null, module);
        }
    }

    [Fact]
    public void Clients_AddUpToTheTop() =>
        FromTopToBottom.Select(layer => int.Parse((string)Manifest.Read($"deployment.{layer}.amd64.json").AllModules["edgeHub"]["env"]!["MaxConnectedClients"]!["value"]!))
            .Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(Layers))]
    public void Ports_OfTheHost_AreTakenOnceAndThoseThatChildrenNeed(string name)
    {
        var manifest = Manifest.Read(name);
        var ports = manifest.AllModules.Values.Where(module => module["settings"]!["createOptions"] is not null).SelectMany(HostPorts).ToList();

        ports.Should().OnlyHaveUniqueItems();
        if (manifest.IsAbove)
        {
            HostPorts(manifest.AllModules["IoTEdgeAPIProxy"]).Should().Equal(HttpsPort);
            HostPorts(manifest.Gateway).Should().Equal(new EndpointOptions().HttpsPort.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Firmware_IsServedToThoseBelowAndAskedOfThoseAbove(string name)
    {
        var manifest = Manifest.Read(name);
        var variables = manifest.Variables;

        variables.ContainsKey("EdgeGateway__Endpoint__Enabled").Should().Be(manifest.IsAbove);
        variables.ContainsKey("EdgeGateway__Endpoint__ChildKeysFile").Should().Be(manifest.IsAbove);
        variables.ContainsKey("EdgeGateway__Parent__Port").Should().Be(manifest.IsBelow);
        variables.GetValueOrDefault("EdgeGateway__Content__OriginAllowed").Should().Be(manifest.IsBelow ? "false" : null);
        if (manifest.IsBelow)
        {
            string[] above = [HttpsPort, new EndpointOptions().HttpsPort.ToString()];
            above.Should().Contain(variables["EdgeGateway__Parent__Port"]);
        }
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public void Proxy_Configuration_IsTheFileAndLeadsToTheGateway(string name)
    {
        var manifest = Manifest.Read(name);
        var text = manifest.Modules["IoTEdgeAPIProxy"]!["properties.desired"]!["proxy_config"]!.GetValue<string>();

        text.Length.Should().BeLessThanOrEqualTo(4096, "a value of a twin");
        var configuration = Encoding.UTF8.GetString(Convert.FromBase64String(text));
        configuration.Should().Be(Checkout.Read($"deployment-manifests/api-proxy.{manifest.Layer}.conf"));
        ContentLocation().Match(configuration).Groups["address"].Value.Should().Be($"https://IdentityGateway:{new EndpointOptions().HttpsPort}");
        // those that the module knows without NGINX_CONFIG_ENV_VAR_LIST
        Variable().Matches(configuration).Select(match => match.Value).Distinct().Should().BeSubsetOf(
            ["${...}", "${NGINX_DEFAULT_PORT}", "${IOTEDGE_PARENTHOSTNAME}", "${TOKEN_VALIDITY_MINUTES}", "${TOKEN_SERVER_PORT}"]);
        configuration.Contains("${IOTEDGE_PARENTHOSTNAME}", StringComparison.Ordinal).Should().Be(manifest.IsBelow);
        manifest.AllModules.ContainsKey("registry").Should().Be(!manifest.IsBelow).And.Be(configuration.Contains("http://registry:5000", StringComparison.Ordinal));
    }

    private static IEnumerable<string> HostPorts(JsonNode module) =>
        Manifest.OptionsOf(module)["HostConfig"]!["PortBindings"]?.AsObject().Select(port => port.Value![0]!["HostPort"]!.GetValue<string>()) ?? [];

    [GeneratedRegex(@"location /content/ \{\s+set \$gateway (?<address>[^;]+);")]
    private static partial Regex ContentLocation();

    [GeneratedRegex(@"\$\{[^}]+\}")]
    private static partial Regex Variable();
}
