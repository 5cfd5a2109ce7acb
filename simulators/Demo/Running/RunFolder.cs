namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>The folder of one run: logs, settings, secrets, state. Removed at the end unless it is to be kept.</summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>A new folder below the system's one for temporary files, readable by its owner only.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("edgegateway-demo-").FullName;

    public string Logs => Folder("logs");

    /// <summary>Whether it stays. Set by default: only success lets go of it.</summary>
    public bool Keep { get; set; } = true;

    /// <summary>A folder in it, made if need be.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (!Keep)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
