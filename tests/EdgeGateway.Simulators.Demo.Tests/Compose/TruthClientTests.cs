using System.Net;
using EdgeGateway.Simulators.Demo.Compose;
using EdgeGateway.Simulators.Demo.Fleet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Simulators.Demo.Tests.Compose;

public sealed class TruthClientTests : IAsyncLifetime
{
    private const string Fleet = """
        {"baud":9600,"mcusPerLine":2,"mcus":[{"id":"mcu-01","runningVersion":"1.0.0","runningDigest":"AB","bootState":"confirmed"},
         {"id":"mcu-02","runningVersion":"2.0.0","runningDigest":"cd","bootState":"trial"}]}
        """;

    private WebApplication _server = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(context => context.Response.WriteAsJsonAsync(System.Text.Json.Nodes.JsonNode.Parse(Fleet)));
        await _server.StartAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Fleet_IsWhatRuns()
    {
        using var client = new TruthClient(new Uri(_server.Urls.Single()));

        var (baud, perBus, ids) = await client.FleetAsync(CancellationToken.None);

        (baud, perBus).Should().Be((9600, 2));
        ids.Should().Equal("mcu-01", "mcu-02");
    }

    [Fact]
    public async Task Read_Some_TellsThoseThatAreThere()
    {
        using var client = new TruthClient(new Uri(_server.Urls.Single()));

        var truths = await client.ReadAsync(["mcu-02", "mcu-03"], CancellationToken.None);

        truths.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("mcu-02", new McuTruth("2.0.0", "cd", "trial")));
    }
}
