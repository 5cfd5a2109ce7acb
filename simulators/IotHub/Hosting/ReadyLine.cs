using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Formats the line that the executable prints when it listens, with its addresses.</summary>
internal static class ReadyLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name of the file with the same document in the data folder, for programs that did not start the hub.</summary>
    public const string FileName = "ready.json";

    public static string For(IotHubSimulator simulator) => "READY " + Document(simulator);

    public static void Write(IotHubSimulator simulator, string folder) => 
        new AtomicFile(Path.Combine(folder, FileName), isPrivate: true).Write(Encoding.UTF8.GetBytes(Document(simulator)));

    private static string Document(IotHubSimulator simulator) => new JsonObject
    {
        ["mqtt"] = simulator.MqttEndpoint.ToString(),
        ["https"] = simulator.HttpsUri.ToString().TrimEnd('/'),
        ["hostName"] = simulator.HostName,
        ["gatewayHostName"] = simulator.EdgeHub is null ? null : simulator.GatewayHostName,
        ["ca"] = simulator.CaFile,
        ["connectionString"] = simulator.ConnectionString,
    }.ToJsonString(Readable);
}
