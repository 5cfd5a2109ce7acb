using System.Text.Json;
using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.Tests.Hub;

public sealed class HubEndpointTests
{
    [Fact]
    public void FromReady_Document_TakesEveryPart()
    {
        var ready = JsonSerializer.Deserialize<JsonElement>("""
            {"mqtt":"127.0.0.1:40001","https":"https://127.0.0.1:40002","hostName":"localhost","ca":"/tmp/ca.pem",
             "connectionString":"HostName=localhost;SharedAccessKeyName=iothubowner;SharedAccessKey=c2VjcmV0"}
            """);

        HubEndpoint.FromReady(ready).Should().Be(new HubEndpoint(
            40001, new Uri("https://127.0.0.1:40002"), "localhost", "/tmp/ca.pem",
            new IotHubConnectionString("localhost", "iothubowner", "c2VjcmV0")));
    }
}
