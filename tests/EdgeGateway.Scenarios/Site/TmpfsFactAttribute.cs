namespace EdgeGateway.Scenarios.Site;

/// <summary>A test of a full disk, which it makes itself; skipped, with the reason, where it must not mount one.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    private const int MayMount = 21; // CAP_SYS_ADMIN

    public TmpfsFactAttribute()
    {
        if (!HasCapability(MayMount))
        {
            Skip = "mounting a small disk needs CAP_SYS_ADMIN";
        }
    }

    private static bool HasCapability(int number)
    {
        const string Effective = "CapEff:";
        return File.Exists("/proc/self/status")
            && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal)) is { } line
            && (Convert.ToUInt64(line[Effective.Length..].Trim(), 16) >> number & 1) == 1;
    }
}
