namespace EdgeGateway.Manifests;

/// <summary>Where the checkout is that this executable was built from.</summary>
internal static class Repository
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new GenerateException($"No folder above {AppContext.BaseDirectory} holds EdgeGateway.sln.");
    }
}
