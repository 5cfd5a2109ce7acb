namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>A test that asks nginx, which the API proxy is; skipped, with the reason, where it is not installed.</summary>
public sealed class NginxFactAttribute : FactAttribute
{
    /// <summary>Finds the path of the program, also in the folders for administration commands.</summary>
    public static readonly string? Program = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin"
        .Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    public NginxFactAttribute() => Skip = Program is null ? "nginx is not installed (.ci/setup.sh --tests installs it)" : null;
}
