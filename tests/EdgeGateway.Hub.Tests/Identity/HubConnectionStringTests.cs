using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class HubConnectionStringTests
{
    [Fact]
    public void Parse_Complete_GivesAllParts()
    {
        var mistakes = new List<string>();

        var parsed = HubConnectionString.Parse(
            "HostName=contoso.azure-devices.net;GatewayHostName=edge01;DeviceId=edge;ModuleId=gateway;SharedAccessKey=AAECAw==", mistakes);

        mistakes.Should().BeEmpty();
        parsed.Should().BeEquivalentTo(new
        {
            HostName = "contoso.azure-devices.net",
            GatewayHostName = "edge01",
            DeviceId = "edge",
            ModuleId = "gateway",
            SharedAccessKey = new byte[] { 0, 1, 2, 3 },
        });
    }

    [Fact]
    public void Parse_ManyMistakes_ListsAllWithoutTheSecret()
    {
        var mistakes = new List<string>();

        var parsed = HubConnectionString.Parse("HostName=;DeviceId=a;DeviceId=b;Colour=red;rubbish;SharedAccessKey=top secret", mistakes);

        parsed.Should().BeNull();
        mistakes.Should().BeEquivalentTo(
            "HostName is empty.",
            "DeviceId is there twice.",
            "'Colour' is unknown; expected are HostName, GatewayHostName, DeviceId, ModuleId, SharedAccessKey.",
            "A part is not of the form name=value.",
            "ModuleId is missing.",
            "SharedAccessKey is not base64 text.");
        string.Join(' ', mistakes).Should().NotContain("secret");
    }
}
