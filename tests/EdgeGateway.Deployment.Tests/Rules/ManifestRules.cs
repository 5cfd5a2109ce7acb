using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>
/// The rules of IoT Edge deployments, restated from the published JSON schemas (azure-iot-edge-deployment-2.0, azure-iot-edgeagent-deployment-1.1,
/// azure-iot-edgehub-deployment-1.1) and the documented limits of twins.
/// </summary>
internal sealed class ManifestRules
{
    private const string ModuleName = "^[a-zA-Z0-9_-]+$";
    private const string TwinName = @"^[^\.\$# ]+$";
    private readonly List<string> _broken = [];
    private readonly Shape _shape;
    private readonly ModuleRules _module;

    private ManifestRules()
    {
        _shape = new Shape(_broken);
        _module = new ModuleRules(_shape, _broken);
    }

    /// <summary>Everything that is wrong with a manifest; empty where nothing is.</summary>
    public static IReadOnlyList<string> Check(JsonNode? manifest, ManifestKind kind)
    {
        var rules = new ManifestRules();
        rules._shape.Object(manifest, "", ("modulesContent!", kind == ManifestKind.Full ? rules.Full : rules.Layered));
        TwinLimits.Check(manifest?["modulesContent"], rules._broken);
        return rules._broken;
    }

    private void Full(JsonNode content, string place)
    {
        var agent = _shape.Section(content["$edgeAgent"], $"{place}/$edgeAgent");
        var hub = _shape.Section(content["$edgeHub"], $"{place}/$edgeHub");
        _shape.Object(agent, $"{place}/$edgeAgent", ("properties.desired!", Agent));
        _shape.Object(hub, $"{place}/$edgeHub", ("properties.desired!", Hub));
        foreach (var (name, module) in content.AsObject().Where(m => m.Key[0] != '$'))
        {
            _shape.Object(module, $"{place}/{name}", ("properties.desired!", _shape.Kind(JsonValueKind.Object)));
            if (agent?["properties.desired"]?["modules"]?[name] is null)
            {
                _broken.Add($"{place}/{name} is a module that $edgeAgent does not run");
            }
        }
    }

    private void Agent(JsonNode node, string place) => _shape.Object(
        node,
        place,
        ("schemaVersion!", _shape.OneOf("1.0", "1.1")),
        ("runtime!", (runtime, at) => _shape.Object(
            runtime,
            at,
            ("type!", _shape.OneOf("docker")),
            ("settings!", (settings, below) => _shape.Object(
                settings,
                below,
                ("minDockerVersion", _shape.Text(@"^v\d+\.\d+$")),
                ("loggingOptions", _shape.Text()),
                ("registryCredentials", (map, of) => _shape.Map(map, of, TwinName, Credentials)))))),
        ("systemModules!", (modules, at) => _shape.Object(
            modules, at, ("edgeAgent!", _module.EdgeAgent), ("edgeHub!", _module.EdgeHub))),
        ("modules!", (modules, at) => _shape.Map(modules, at, ModuleName, _module.Module)));

    private void Credentials(JsonNode node, string place) => _shape.Object(
        node, place, ("username!", _shape.Text()), ("password!", _shape.Text()), ("address!", _shape.Text(@"^\S+$")));

    private void Hub(JsonNode node, string place) => _shape.Object(
        node,
        place,
        ("schemaVersion!", _shape.OneOf("1.0", "1.1")),
        ("routes!", (routes, at) => _shape.Map(routes, at, TwinName, Route)),
        ("storeAndForwardConfiguration", (store, at) => _shape.Object(store, at, ("timeToLiveSecs!", _shape.Number(-1, uint.MaxValue)))));

    private void Route(JsonNode node, string place)
    {
        if (node is JsonObject)
        {
            _shape.Object(
                node,
                place,
                ("route!", (text, at) => RouteSyntax.Check(text, at, _broken)),
                ("priority", _shape.Number(0, 9)),
                ("timeToLiveSecs", _shape.Number(0, uint.MaxValue)));
        }
        else
        {
            RouteSyntax.Check(node, place, _broken);
        }
    }

    /// <summary>A layer names single properties; a bare <c>properties.desired</c> would wipe out what the layers below say.</summary>
    private void Layered(JsonNode content, string place)
    {
        foreach (var (name, module) in _shape.Section(content, place) ?? [])
        {
            var (pattern, rule) = name switch
            {
                "$edgeAgent" => (@"^properties\.desired\.modules\.[a-zA-Z0-9_-]+$", (Action<JsonNode, string>)_module.Module),
                "$edgeHub" => (@"^properties\.desired\.routes\.[^\.\$# ]+$", Route),
                _ => (@"^properties\.desired\.[^\.\$# ]+$", (_, _) => { }),
            };
            _shape.Map(module, $"{place}/{name}", pattern, rule);
        }
    }
}
