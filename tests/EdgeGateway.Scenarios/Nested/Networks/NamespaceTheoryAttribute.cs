namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>Tests in networks that they make themselves; skipped, with the reason, where they must not make any.</summary>
public sealed class NamespaceTheoryAttribute : TheoryAttribute
{
    public NamespaceTheoryAttribute() => Skip = NamespaceNeeds.Missing;
}
