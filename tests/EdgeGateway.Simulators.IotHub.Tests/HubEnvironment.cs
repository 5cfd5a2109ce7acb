using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>A simulator on free ports and a standing clock, with one device, and clients of both its protocols.</summary>
internal sealed class HubEnvironment : IAsyncDisposable
{
    public const string DeviceId = "mcu-07";

    private HubEnvironment(IotHubSimulator hub, VirtualTime time)
    {
        Hub = hub;
        Time = time;
        Device = hub.Registry.CreateDevice(DeviceId);
        Trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        Trust.CustomTrustStore.ImportFromPemFile(hub.CaFile);
        Http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust },
        })
        {
            BaseAddress = hub.HttpsUri,
            Timeout = TestLimits.Wait,
        };
        Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", ServiceToken(hub, time));
    }

    public IotHubSimulator Hub { get; }

    public VirtualTime Time { get; }

    public HubIdentity Device { get; }

    public X509ChainPolicy Trust { get; }

    /// <summary>Client of the service API, with the owner's token.</summary>
    public HttpClient Http { get; }

    public static async Task<HubEnvironment> StartAsync(Quirk quirk = Quirk.None)
    {
        var time = new VirtualTime();
        return new HubEnvironment(await IotHubSimulator.StartAsync(new IotHubSimulatorOptions { Quirk = quirk }, time), time);
    }

    /// <summary>Calls the service API with the api-version it wants.</summary>
    public async Task<(HttpResponseMessage Response, JsonNode? Body)> CallAsync(
        HttpMethod method, string path, string? json = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "api-version=2021-04-12");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>A connected, accepted client of the device.</summary>
    public async Task<RawClient> ConnectDeviceAsync(ushort keepAlive = 60, bool cleanSession = true) =>
        await ConnectAsync(Device, keepAlive, cleanSession);

    public async Task<RawClient> ConnectAsync(HubIdentity identity, ushort keepAlive = 60, bool cleanSession = true)
    {
        var client = await RawClient.OpenAsync(this);
        (await client.LoginAsync(identity, keepAlive: keepAlive, cleanSession: cleanSession)).Should().Be(EdgeGateway.Hub.Mqtt.ConnectReturnCode.Accepted);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Hub.DisposeAsync();
    }

    private static string ServiceToken(IotHubSimulator hub, VirtualTime time)
    {
        var key = hub.ConnectionString[(hub.ConnectionString.IndexOf("SharedAccessKey=", StringComparison.Ordinal) + "SharedAccessKey=".Length)..];
        return new Security.TokenMaker(hub.HostName, time).Make(string.Empty, key, TimeSpan.FromDays(30), "iothubowner");
    }
}
