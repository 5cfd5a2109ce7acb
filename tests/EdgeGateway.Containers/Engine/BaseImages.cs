namespace EdgeGateway.Containers.Engine;

/// <summary>What the Dockerfiles build on.</summary>
internal static class BaseImages
{
    public static readonly IReadOnlyList<string> Names =
    [
        "mcr.microsoft.com/dotnet/sdk:10.0-noble",
        "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-amd64",
        "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-arm64v8",
    ];

    /// <summary>Makes stand-ins from the files of this machine.</summary>
    public static Task MakeAsync(string host) =>
        Command.RunAsync(host, "bash", Path.Combine(AppContext.BaseDirectory, "base-images.sh"), Repository.Top);
}
