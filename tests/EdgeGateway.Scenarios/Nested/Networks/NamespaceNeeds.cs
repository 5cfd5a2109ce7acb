using EdgeGateway.Scenarios.Site;

namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>What the networks of the nested scenarios need of the machine.</summary>
internal static class NamespaceNeeds
{
    /// <summary>What is missing, in words for people; null where all is there.</summary>
    public static string? Missing => !Capability.Has(Capability.SysAdmin) || !Capability.Has(Capability.NetAdmin)
        ? "network namespaces need root (CAP_SYS_ADMIN and CAP_NET_ADMIN)"
        : !IsInPath(IpTool.Name) ? "network namespaces need ip (Debian: iproute2)" : null;

    public static bool IsInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
