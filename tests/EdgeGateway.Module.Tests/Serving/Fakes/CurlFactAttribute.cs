namespace EdgeGateway.Module.Tests.Serving.Fakes;

/// <summary>A test that needs curl; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "curl"))))
        {
            Skip = "curl is not installed.";
        }
    }
}
