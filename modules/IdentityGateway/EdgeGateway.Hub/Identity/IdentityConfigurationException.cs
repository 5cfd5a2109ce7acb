namespace EdgeGateway.Hub.Identity;

/// <summary>The environment says who the module is, but wrongly; all mistakes at once.</summary>
public sealed class IdentityConfigurationException(IReadOnlyList<string> mistakes)
    : Exception($"The identity of the module is wrongly configured:{string.Concat(mistakes.Select(m => $"\n- {m}"))}")
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
