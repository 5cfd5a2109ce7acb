namespace EdgeGateway.Simulators.IotHub.Security;

/// <summary>Creates files with secrets, which only their owner may read.</summary>
internal static class SecretFile
{
    /// <summary>
    /// Writes a file where none exists. Several processes may do this at the same time: the file appears as a whole, with the content of one of them.
    /// </summary>
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
            File.Delete(temporary); // another process was first
        }
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
