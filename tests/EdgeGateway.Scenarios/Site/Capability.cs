namespace EdgeGateway.Scenarios.Site;

/// <summary>What the kernel lets this process do, capabilities(7).</summary>
internal static class Capability
{
    public const int NetAdmin = 12;
    public const int SysAdmin = 21;

    public static bool Has(int number)
    {
        const string Effective = "CapEff:";
        return File.Exists("/proc/self/status")
            && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal)) is { } line
            && (Convert.ToUInt64(line[Effective.Length..].Trim(), 16) >> number & 1) == 1;
    }
}
