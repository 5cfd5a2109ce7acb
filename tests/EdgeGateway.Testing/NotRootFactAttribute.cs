using Xunit;

namespace EdgeGateway.Testing;

/// <summary>A test of file permissions, which do not bind root; skipped, with the reason, where root runs it.</summary>
public sealed class NotRootFactAttribute : FactAttribute
{
    public NotRootFactAttribute()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Skip = "file permissions do not bind root";
        }
    }
}
