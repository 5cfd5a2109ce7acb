namespace EdgeGateway.Simulators.Demo.Compose;

/// <summary>Finds docker-compose.yml: at the top of the checkout that the demo was built from.</summary>
public static class ComposeFile
{
    public const string Name = "docker-compose.yml";

    /// <exception cref="DemoFailedException">No folder above holds it.</exception>
    public static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, Name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new DemoFailedException($"no folder above {start} holds {Name}; --compose runs from a checkout");
    }
}
