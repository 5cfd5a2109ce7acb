namespace EdgeGateway.Scenarios.Site;

/// <summary>A test of a full disk, which it makes itself; skipped, with the reason, where it must not mount one.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!Capability.Has(Capability.SysAdmin))
        {
            Skip = "mounting a small disk needs CAP_SYS_ADMIN";
        }
    }
}
