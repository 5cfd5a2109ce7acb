using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>The line that tells whoever started the executable that it listens, and where.</summary>
internal static class ReadyLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string For(IotHubSimulator simulator) => "READY " + new JsonObject
    {
        ["mqtt"] = simulator.MqttEndpoint.ToString(),
        ["https"] = simulator.HttpsUri.ToString().TrimEnd('/'),
        ["hostName"] = simulator.HostName,
        ["ca"] = simulator.CaFile,
        ["connectionString"] = simulator.ConnectionString,
    }.ToJsonString(Readable);
}
