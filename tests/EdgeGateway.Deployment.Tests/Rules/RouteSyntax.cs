using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>The syntax of edgeHub's routes: <c>FROM source [WHERE condition] INTO sink</c>.</summary>
internal static partial class RouteSyntax
{
    public static void Check(JsonNode node, string place, List<string> broken)
    {
        if (node.GetValueKind() != JsonValueKind.String || Route().Match(node.GetValue<string>()) is not { Success: true } match)
        {
            broken.Add($"{place} is {node.ToJsonString()}, expected is FROM /messages/... [WHERE condition] INTO $upstream "
                + "or BrokeredEndpoint(\"/modules/m/inputs/i\")");
            return;
        }

        var condition = match.Groups["condition"].Value;
        if (condition.Count(c => c == '(') != condition.Count(c => c == ')') || condition.Count(c => c == '\'') % 2 != 0)
        {
            broken.Add($"{place} has a condition with an open bracket or quotation mark");
        }
    }

    [GeneratedRegex(
        @"^FROM /(\*|messages/\*|messages/modules/[A-Za-z0-9_-]+/(\*|outputs/[A-Za-z0-9_*-]+)|twinChangeNotifications|deviceLifecycleEvents)"
        + @"( WHERE (?<condition>.+))? INTO (\$upstream|BrokeredEndpoint\(""/modules/[A-Za-z0-9_-]+/inputs/[A-Za-z0-9_-]+""\))$")]
    private static partial Regex Route();
}
