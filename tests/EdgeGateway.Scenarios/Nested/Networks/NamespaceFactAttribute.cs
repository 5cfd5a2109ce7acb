namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>A test in networks that it makes itself; skipped, with the reason, where it must not make any.</summary>
public sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute() => Skip = NamespaceNeeds.Missing;
}
