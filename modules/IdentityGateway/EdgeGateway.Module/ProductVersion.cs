using System.Reflection;

namespace EdgeGateway.Module;

/// <summary>Version of the gateway, for logs, twins and the command line.</summary>
internal static class ProductVersion
{
    /// <summary>As built: <c>0.1.0</c>, with the commit behind a plus sign where the build knows it.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
