using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Scenarios.Site;

/// <summary>A deployment as the update service writes it into a twin. Each part can be made wrong.</summary>
internal sealed record Deployment(string WorkflowId, string Version, FirmwareImage Image, Uri Url)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public const string FileId = "f0123456789abcdef";

    public string Manufacturer { get; init; } = "Contoso";

    public string Model { get; init; } = "MCU-A";

    public string ManifestVersion { get; init; } = "5";

    /// <summary>Size that the manifest tells.</summary>
    public long Size { get; init; } = Image.Size;

    /// <summary>Digest that the manifest tells, base64.</summary>
    public string Digest { get; init; } = Convert.ToBase64String(Image.Digest.Bytes);

    /// <summary>Text of the manifest instead of a right one.</summary>
    public string? ManifestText { get; init; }

    /// <summary>Token of an operator's retry.</summary>
    public string? RetryTimestamp { get; init; }

    /// <summary>What the twin says once it runs.</summary>
    public string InstalledUpdateId => UpdateId().ToJsonString();

    /// <summary>The patch of the desired section.</summary>
    public JsonObject ToDesired()
    {
        var workflow = new JsonObject { ["action"] = 3, ["id"] = WorkflowId };
        if (RetryTimestamp is not null)
        {
            workflow["retryTimestamp"] = RetryTimestamp;
        }

        return new JsonObject
        {
            ["deviceUpdate"] = new JsonObject
            {
                ["__t"] = "c",
                ["service"] = new JsonObject
                {
                    ["workflow"] = workflow,
                    ["updateManifest"] = ManifestText ?? Manifest().ToJsonString(Plain),
                    ["fileUrls"] = new JsonObject { [FileId] = Url.AbsoluteUri },
                },
            },
        };
    }

    /// <summary>The patch that calls deployments off.</summary>
    public static JsonObject Cancellation() => new()
    {
        ["deviceUpdate"] = new JsonObject
        {
            ["__t"] = "c",
            ["service"] = new JsonObject
            {
                ["workflow"] = new JsonObject { ["action"] = 255, ["id"] = "nodeployment" },
                ["updateManifest"] = null,
                ["fileUrls"] = null,
            },
        },
    };

    private JsonObject UpdateId() => new() { ["provider"] = "Contoso", ["name"] = "Firmware", ["version"] = Version };

    private JsonObject Manifest() => new()
    {
        ["manifestVersion"] = ManifestVersion,
        ["updateId"] = UpdateId(),
        ["compatibility"] = new JsonArray(new JsonObject { ["manufacturer"] = Manufacturer, ["model"] = Model }),
        ["instructions"] = new JsonObject
        {
            ["steps"] = new JsonArray(new JsonObject
            {
                ["type"] = "inline",
                ["handler"] = "edgegateway/mcu:1",
                ["files"] = new JsonArray(FileId),
                ["handlerProperties"] = new JsonObject { ["installedCriteria"] = Version },
            }),
        },
        ["files"] = new JsonObject
        {
            [FileId] = new JsonObject
            {
                ["fileName"] = "firmware.bin",
                ["sizeInBytes"] = Size,
                ["hashes"] = new JsonObject { ["sha256"] = Digest },
            },
        },
        ["createdDateTime"] = "2026-11-01T00:00:00.0000000Z",
    };
}
