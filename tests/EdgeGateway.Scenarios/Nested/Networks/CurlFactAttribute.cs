namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>A test with curl in networks that it makes itself; skipped, with the reason, where either cannot be.</summary>
public sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute() => Skip = NamespaceNeeds.Missing ?? (NamespaceNeeds.IsInPath("curl") ? null : "this needs curl");
}
