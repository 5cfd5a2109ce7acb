namespace EdgeGateway.Module.Serving.Access;

/// <summary>A gateway below: the module of an edge device.</summary>
/// <param name="Edge">Id of the edge device.</param>
/// <param name="Module">Id of the module.</param>
internal sealed record ChildId(string Edge, string Module)
{
    /// <summary>Reads <c>edge/module</c>.</summary>
    public static ChildId? TryParse(string text) =>
        text.Split('/') is [{ Length: > 0 } edge, { Length: > 0 } module] ? new ChildId(edge, module) : null;

    /// <summary>Reads <c>hub/devices/edge/modules/module</c>.</summary>
    /// <returns>The hub, and the child; null where the text is something else.</returns>
    public static (string Hub, ChildId Child)? TryParseResource(string resource) =>
        resource.Split('/') is [{ Length: > 0 } hub, "devices", { Length: > 0 } edge, "modules", { Length: > 0 } module]
            ? (hub, new ChildId(edge, module))
            : null;

    /// <summary>What a token of it opens.</summary>
    public string ResourceOf(string hub) => $"{hub}/devices/{Edge}/modules/{Module}";

    public override string ToString() => $"{Edge}/{Module}";
}
