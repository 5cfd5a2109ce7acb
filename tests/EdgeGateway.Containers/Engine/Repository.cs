namespace EdgeGateway.Containers.Engine;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Top { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds EdgeGateway.sln"),
        _ when File.Exists(Path.Combine(folder, "EdgeGateway.sln")) => folder,
        _ => Find(Path.GetDirectoryName(folder)),
    };
}
