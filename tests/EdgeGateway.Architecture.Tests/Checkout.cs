namespace EdgeGateway.Architecture.Tests;

/// <summary>Finds the checkout that these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no EdgeGateway.sln above {AppContext.BaseDirectory}");
    }
}
