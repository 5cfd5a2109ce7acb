using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin.Tests;

public sealed class OriginServerTests
{
    [Fact]
    public async Task Statistics_AfterDownloads_CountBytesAndRequests()
    {
        await using var origin = await OriginEnvironment.StartAsync(size: 1000);
        await origin.DownloadAsync();
        await origin.DownloadAsync(from: 900);

        var statistics = await origin.Client.GetFromJsonAsync<JsonObject>("statistics");

        JsonNode.DeepEquals(statistics, JsonNode.Parse("""{"bytes":1100,"requests":2,"files":{"firmware.bin":1100}}""")).Should().BeTrue();
    }

    [Fact]
    public async Task Statistics_AfterDelete_BeginAtZero()
    {
        await using var origin = await OriginEnvironment.StartAsync(size: 1000);
        await origin.DownloadAsync();

        using var response = await origin.Client.DeleteAsync("statistics");

        response.IsSuccessStatusCode.Should().BeTrue();
        origin.Server.Served.Bytes.Should().Be(0);
        origin.Server.Served.Requests.Should().Be(0);
    }

    [Fact]
    public async Task Faults_SetForTwoRequests_ThirdIsWell()
    {
        await using var origin = await OriginEnvironment.StartAsync(size: 10);
        origin.Server.Faults.Set(new Fault(FaultKind.ServerError), times: 2);

        var codes = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await origin.Client.GetAsync(OriginEnvironment.Name);
            codes.Add((int)response.StatusCode);
        }

        codes.Should().Equal(500, 500, 200);
    }

    [Fact]
    public async Task Start_FolderAbsent_SaysSo() =>
        await FluentActions.Awaiting(() => OriginServer.StartAsync(new OriginOptions { Root = "/absent/folder" }))
            .Should().ThrowAsync<DirectoryNotFoundException>().WithMessage("*absent*");
}
