namespace EdgeGateway.Module.Tests;

/// <summary>Files of the repository, found from where the tests run.</summary>
internal static class RepositoryFile
{
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeGateway.sln")))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds EdgeGateway.sln.");
    }
}
