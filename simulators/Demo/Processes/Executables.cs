namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>Finds the programs the demo starts: beside its own output folder, built in the same configuration.</summary>
/// <param name="demoFolder">Folder the demo's own program lies in: artifacts/bin/{project}/{configuration}.</param>
public sealed class Executables(string demoFolder)
{
    /// <summary>Path of a project's program.</summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public string Find(string project)
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(demoFolder));
        var bin = own.Parent?.Parent ?? throw new FileNotFoundException($"{demoFolder} is not an output folder of the build");
        var path = Path.Combine(bin.FullName, project, own.Name, project);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing; build it first: dotnet build simulators/Demo -c {own.Name}");
    }
}
