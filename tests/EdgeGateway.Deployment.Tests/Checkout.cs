namespace EdgeGateway.Deployment.Tests;

/// <summary>Files of the repository, found from where the tests run.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Manifests => PathOf("deployment-manifests");

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds EdgeGateway.sln.");
    }
}
