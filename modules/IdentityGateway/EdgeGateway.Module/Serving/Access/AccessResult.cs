namespace EdgeGateway.Module.Serving.Access;

/// <summary>Who asks, or why he is not served.</summary>
/// <param name="Child">The child; null where he is not served.</param>
/// <param name="Denial">Why not; null where he is.</param>
/// <param name="Detail">The same in words, for the log. Never a secret.</param>
internal sealed record AccessResult(ChildId? Child, AccessDenial? Denial, string Detail)
{
    public static AccessResult Of(ChildId child) => new(child, null, "");

    public static AccessResult Denied(AccessDenial denial, string detail, ChildId? child = null) => new(child, denial, detail);
}
