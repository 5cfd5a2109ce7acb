using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>Checks the limits of IoT Hub's twins: 32 KiB of desired properties, 4096 bytes a text, 10 levels, no special characters in names.</summary>
internal static partial class TwinLimits
{
    private const int MaxSection = 32 * 1024;
    private const int MaxText = 4096;
    private const int MaxDepth = 10;

    public static void Check(JsonNode? content, List<string> broken)
    {
        foreach (var (module, sections) in content as JsonObject ?? [])
        {
            var size = 0;
            foreach (var (name, section) in sections as JsonObject ?? [])
            {
                size += Encoding.UTF8.GetByteCount(section?.ToJsonString() ?? "");
                CheckNode(section, $"{module}/{name}", 1, broken);
            }

            if (size > MaxSection)
            {
                broken.Add($"{module} has {size} bytes of desired properties, more than {MaxSection}");
            }
        }
    }

    private static void CheckNode(JsonNode? node, string place, int depth, List<string> broken)
    {
        if (depth > MaxDepth)
        {
            broken.Add($"{place} is deeper than {MaxDepth} levels");
            return;
        }

        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (!Name().IsMatch(name))
            {
                broken.Add($"{place} has '{name}', which no name in a twin may be");
            }

            CheckNode(value, $"{place}/{name}", depth + 1, broken);
        }

        foreach (var item in node as JsonArray ?? [])
        {
            CheckNode(item, place + "[]", depth + 1, broken);
        }

        if (node is JsonValue text && text.GetValueKind() == JsonValueKind.String && Encoding.UTF8.GetByteCount(text.GetValue<string>()) > MaxText)
        {
            broken.Add($"{place} is longer than {MaxText} bytes");
        }
    }

    [GeneratedRegex(@"^[^\x00-\x1f\x7f\.\$# ]{1,1024}$")]
    private static partial Regex Name();
}
