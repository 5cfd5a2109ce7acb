using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>Twins as the Device Update service writes them.</summary>
internal static class Deployments
{
    public const string FileId = "f483750ebb885d32c";

    public static JsonObject Manifest(Firmware image, string model = "MCU-A", string manufacturer = "Contoso") => new()
    {
        ["manifestVersion"] = "5",
        ["updateId"] = new JsonObject { ["provider"] = "Contoso", ["name"] = "Mcu", ["version"] = image.Version },
        ["compatibility"] = new JsonArray(new JsonObject { ["manufacturer"] = manufacturer, ["model"] = model }),
        ["instructions"] = new JsonObject
        {
            ["steps"] = new JsonArray(new JsonObject { ["handler"] = "edgegateway/mcu:1", ["files"] = new JsonArray(FileId) }),
        },
        ["files"] = new JsonObject { [FileId] = File("mcu.bin", image.Bytes) },
        ["createdDateTime"] = "2026-01-26T11:33:29.9680598Z",
    };

    public static JsonObject File(string name, byte[] bytes) => new()
    {
        ["fileName"] = name,
        ["sizeInBytes"] = bytes.Length,
        ["hashes"] = new JsonObject { ["sha256"] = Convert.ToBase64String(Sha256Digest.Of(bytes).Bytes) },
    };

    /// <summary>The desired section that deploys a manifest.</summary>
    public static JsonObject Desired(string id, JsonObject manifest, string? retry = null)
    {
        var workflow = new JsonObject { ["action"] = 3, ["id"] = id };
        if (retry is not null)
        {
            workflow["retryTimestamp"] = retry;
        }

        return Component(new JsonObject
        {
            ["workflow"] = workflow,
            ["updateManifest"] = manifest.ToJsonString(),
            ["updateManifestSignature"] = "a.b.c",
            ["fileUrls"] = new JsonObject { [FileId] = "http://origin.example/mcu.bin" },
        });
    }

    public static JsonObject DesiredCancel(string id = "nodeployment") => Component(new JsonObject
    {
        ["workflow"] = new JsonObject { ["action"] = 255, ["id"] = id },
        ["updateManifest"] = null,
        ["updateManifestSignature"] = null,
        ["fileUrls"] = null,
    });

    public static DeviceUpdateTwin Read(JsonObject desired, long version = 1, JsonObject? reported = null) =>
        DeviceUpdateTwin.Read(desired, version, reported);

    public static JsonObject Component(JsonObject service) =>
        new() { ["deviceUpdate"] = new JsonObject { ["__t"] = "c", ["service"] = service } };
}
