using System.Text.Json.Nodes;
using EdgeGateway.Simulators.Demo.Running;

namespace EdgeGateway.Simulators.Demo.Tests.Running;

public sealed class GatewaySettingsFileTests
{
    private static readonly GatewaySettingsFile Alone = new()
    {
        HostName = "hub.test", Port = 8883, AuthorityFile = "ca.pem", GroupKeyFile = "group.key", Lines = [], Baud = 115200,
    };

    [Fact]
    public void ToJson_OneGateway_SaysNothingOfLayers()
    {
        var json = JsonNode.Parse(Alone.ToJson())!.AsObject();

        json["Hub"]!.ToJsonString().Should().Be("""{"HostName":"hub.test","Port":8883,"TrustedCaFile":"ca.pem"}""");
        json["Credentials"]!["GroupKeyFile"]!.GetValue<string>().Should().Be("group.key");
        json.Select(section => section.Key).Should().NotContain(["Parent", "Endpoint", "Content"]);
    }

    [Fact]
    public void ToJson_MiddleLayer_HasParentAndEndpoint()
    {
        var json = JsonNode.Parse((Alone with
        {
            GatewayHostName = "localhost",
            GroupKeyFile = null,
            Parent = new ParentAddress("localhost", 4711, "root.pem"),
            Endpoint = new EndpointSettings(9443, "c.pem", "c.key", "children.json", ["127.0.0.1"]),
        }).ToJson())!.AsObject();

        json["Hub"]!["GatewayHostName"]!.GetValue<string>().Should().Be("localhost");
        json["Content"]!["OriginAllowed"]!.GetValue<bool>().Should().BeFalse();
        json["Parent"]!["Port"]!.GetValue<int>().Should().Be(4711);
        json["Endpoint"]!["HttpsPort"]!.GetValue<int>().Should().Be(9443);
        json["Lines"]!.AsArray().Should().BeEmpty();
        json.Should().NotContainKey("Credentials");
    }
}
