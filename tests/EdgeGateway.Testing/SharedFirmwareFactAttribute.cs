using Xunit;

namespace EdgeGateway.Testing;

/// <summary>A test that needs the real firmware images; skipped, with the reason, where they are absent.</summary>
public sealed class SharedFirmwareFactAttribute : FactAttribute
{
    /// <summary>An image every checkout with the folder has.</summary>
    public const string Image = "micropython-pybv11-v1.10.bin";

    public SharedFirmwareFactAttribute()
    {
        if (SharedFirmware.Find(Image) is null)
        {
            Skip = $"shared/firmware/{Image} is not beside the checkout";
        }
    }
}
