namespace EdgeGateway.Testing;

/// <summary>Real firmware images beside the checkout, for measuring; see <see cref="SharedFirmwareFactAttribute"/>.</summary>
public static class SharedFirmware
{
    /// <summary>Path of an image, or null where the folder is absent.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "firmware", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
