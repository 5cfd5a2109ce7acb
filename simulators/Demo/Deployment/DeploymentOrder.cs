using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Encodings.Web;

namespace EdgeGateway.Simulators.Demo.Deployment;

/// <summary>
/// One deployment as Device Update for IoT Hub writes it into a device's twin: the `service` part of the desired component `deviceUpdate`,
/// with an update manifest of version 5. It is not signed.
/// </summary>
/// <param name="WorkflowId">Id of the deployment: a GUID.</param>
/// <param name="Update">Name of the update.</param>
/// <param name="Target">The devices it fits.</param>
/// <param name="Image">The only file of it.</param>
/// <param name="Url">Where the file is served.</param>
/// <param name="Created">When the update was made.</param>
public sealed record DeploymentOrder(
    string WorkflowId, UpdateId Update, DeviceClass Target, FirmwareImage Image, Uri Url, DateTimeOffset Created)
{
    private const int ProcessDeployment = 3;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Id of the file: "f" and 16 hex digits, as the service makes them.</summary>
    public string FileId => "f" + Convert.ToHexStringLower(Image.Digest)[..16];

    /// <summary>The patch of the desired properties.</summary>
    public JsonObject ToDesired() => new()
    {
        ["deviceUpdate"] = new JsonObject
        {
            ["__t"] = "c",
            ["service"] = new JsonObject
            {
                ["workflow"] = new JsonObject { ["action"] = ProcessDeployment, ["id"] = WorkflowId },
                ["updateManifest"] = Manifest().ToJsonString(Plain),
                ["fileUrls"] = new JsonObject { [FileId] = Url.AbsoluteUri },
            },
        },
    };

    private JsonObject Manifest() => new()
    {
        ["manifestVersion"] = "5",
        ["updateId"] = Update.ToJson(),
        ["compatibility"] = new JsonArray(new JsonObject { ["manufacturer"] = Target.Manufacturer, ["model"] = Target.Model }),
        ["instructions"] = new JsonObject
        {
            ["steps"] = new JsonArray(new JsonObject
            {
                ["type"] = "inline",
                ["handler"] = "edgegateway/mcu:1",
                ["files"] = new JsonArray(FileId),
                ["handlerProperties"] = new JsonObject { ["installedCriteria"] = Update.Version },
            }),
        },
        ["files"] = new JsonObject
        {
            [FileId] = new JsonObject
            {
                ["fileName"] = Image.FileName,
                ["sizeInBytes"] = Image.Size,
                ["hashes"] = new JsonObject { ["sha256"] = Convert.ToBase64String(Image.Digest) },
            },
        },
        ["createdDateTime"] = Created.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture),
    };
}
