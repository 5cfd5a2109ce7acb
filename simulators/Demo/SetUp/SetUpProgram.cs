using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Running;

namespace EdgeGateway.Simulators.Demo.SetUp;

/// <summary>Does what an installer of a site does, for docker-compose.yml: identities at the hub, settings and keys for the gateway.</summary>
/// <param name="output">Where people look.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="time">Clock.</param>
public sealed class SetUpProgram(TextWriter output, TextWriter errors, TimeProvider time)
{
    private const string ReadyFile = "ready.json";

    public async Task<int> RunAsync(SetUpOptions options, CancellationToken cancellation)
    {
        try
        {
            var path = Path.Combine(options.HubData.FullName, ReadyFile);
            var ready = HubEndpoint.FromReady(JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(path, cancellation)));

            // the hub names the file as it sees it; here its folder may be elsewhere
            var authority = await File.ReadAllTextAsync(Path.Combine(options.HubData.FullName, Path.GetFileName(ready.AuthorityFile)), cancellation);
            await SetUpAsync(options, ready, authority, cancellation);
            return DemoProgram.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or HubRestException or JsonException)
        {
            errors.WriteLine($"The site was not set up: {e.Message}");
            return DemoProgram.Failure;
        }
    }

    private async Task SetUpAsync(SetUpOptions options, HubEndpoint hub, string authority, CancellationToken cancellation)
    {
        var lines = SimulatedLine.OnTcp(options.FirstLine, options.Mcus, options.McusPerBus);
        var files = new SiteFiles(options.Output);
        var identities = files.Identities();
        using var certificate = X509Certificate2.CreateFromPem(authority);
        using var service = new HubServiceClient(options.Service, hub.ConnectionString, certificate, time);
        await identities.CreateAsync(service, [.. lines.SelectMany(line => line.Mcus).Select(mcu => mcu.Id)], cancellation);

        files.Write(SiteFiles.Authority, authority);
        files.Write(SiteFiles.ConnectionString, identities.ConnectionStringAt(hub.HostName));
        files.Write(SiteFiles.Settings, new GatewaySettingsFile
        {
            HostName = hub.HostName,
            Port = hub.MqttPort,
            AuthorityFile = $"{options.SeenAt}/{SiteFiles.Authority}",
            GroupKeyFile = $"{options.SeenAt}/{SiteFiles.GroupKey}",
            Lines = lines,
            Baud = options.Baud,
        }.ToJson());
        output.WriteLine($"{identities} and {options.Mcus} microcontrollers are known to {hub.HostName}; the gateway's settings are in {options.Output}.");
    }
}
