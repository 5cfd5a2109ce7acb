using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Manifests;

namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>The rules of a module in <c>$edgeAgent</c>.</summary>
internal sealed class ModuleRules(Shape shape, List<string> broken)
{
    private const string EnvironmentName = @"^[^\+#$\s\.]+$";

    public void EdgeAgent(JsonNode node, string place) => shape.Object(
        node,
        place,
        ("type!", shape.OneOf("docker")),
        ("settings!", Settings),
        ("env", Environment),
        ("imagePullPolicy", PullPolicy));

    public void EdgeHub(JsonNode node, string place) => shape.Object(
        node,
        place,
        ("type!", shape.OneOf("docker")),
        ("settings!", Settings),
        ("env", Environment),
        ("status!", Status),
        ("restartPolicy!", RestartPolicy),
        ("imagePullPolicy", PullPolicy),
        ("startupOrder", shape.Number(0, uint.MaxValue)));

    public void Module(JsonNode node, string place) => shape.Object(
        node,
        place,
        ("version", shape.Text()),
        ("type!", shape.OneOf("docker")),
        ("status!", Status),
        ("restartPolicy!", RestartPolicy),
        ("env", Environment),
        ("settings!", Settings),
        ("imagePullPolicy", PullPolicy),
        ("startupOrder", shape.Number(0, uint.MaxValue)));

    private Action<JsonNode, string> Status => shape.OneOf("running", "stopped");

    /// <summary>The schema knows on-failure and on-unhealthy too, which no edgeAgent carries out.</summary>
    private Action<JsonNode, string> RestartPolicy => shape.OneOf("always", "never");

    private Action<JsonNode, string> PullPolicy => shape.OneOf("on-create", "never");

    private void Environment(JsonNode node, string place) => shape.Map(node, place, EnvironmentName, (variable, at) => shape.Object(
        variable, at, ("value!", shape.Kind(JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False))));

    private void Settings(JsonNode node, string place)
    {
        shape.Map(node, place, "^(image|createOptions[0-9]*)$", shape.Text());
        if (node is JsonObject settings)
        {
            ImageName(settings["image"], place);
            CreateOptionsOf(settings, place);
        }
    }

    private void ImageName(JsonNode? node, string place)
    {
        if (node is null)
        {
            broken.Add($"{place} lacks image");
        }
        else
        {
            shape.Text(@"^(\$upstream(:\d+)?/)?[a-z0-9]+([a-z0-9._:/-]*[a-z0-9])?:[A-Za-z0-9_][A-Za-z0-9_.-]*$")(node, $"{place}/image");
        }
    }

    /// <summary>The pieces in order make one JSON object; none is too long, none is missing in between.</summary>
    private void CreateOptionsOf(JsonObject settings, string place)
    {
        var names = settings.Select(s => s.Key).Where(k => k.StartsWith(CreateOptions.Name, StringComparison.Ordinal)).ToList();
        if (names.Count == 0)
        {
            return;
        }

        if (!names.SequenceEqual(Enumerable.Range(0, names.Count).Select(CreateOptions.NameOf)) || names.Count > CreateOptions.MaxPieces)
        {
            broken.Add($"{place} has the pieces {string.Join(", ", names)}; expected are createOptions, createOptions01 ... without a gap, at most 8");
            return;
        }

        var pieces = names.Select(n => settings[n]!)
            .Where(p => p.GetValueKind() == JsonValueKind.String).Select(p => p.GetValue<string>()).ToList();
        if (pieces.Exists(p => p.Length > CreateOptions.PieceLength))
        {
            broken.Add($"{place} has a piece of createOptions with more than {CreateOptions.PieceLength} characters");
        }

        try
        {
            shape.Section(JsonNode.Parse(string.Concat(pieces)), $"{place}/createOptions");
        }
        catch (JsonException e)
        {
            broken.Add($"{place}/createOptions is no JSON: {e.Message}");
        }
    }
}
