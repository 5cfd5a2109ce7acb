namespace EdgeGateway.Simulators.IotHub.Security;

/// <summary>Files only their owner may read, written once.</summary>
internal static class SecretFile
{
    /// <summary>Writes a file where there is none. It appears as a whole, and of several processes doing this at once one wins.</summary>
    public static void CreateOnce(string path, Func<string> content)
    {
        if (File.Exists(path))
        {
            return;
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        Write(temporary, content());
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // another process was first; its content is as good
        }
    }

    /// <summary>Writes a file in place of what is there; it changes as a whole.</summary>
    public static void Replace(string path, string content)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        Write(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    private static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(content);
    }
}
