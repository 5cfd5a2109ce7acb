using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.SetUp;

/// <summary>The files of a site's gateway. Keys that are there already are kept; only their owner may read them.</summary>
/// <param name="folder">Where they lie.</param>
public sealed class SiteFiles(DirectoryInfo folder)
{
    public const string Settings = "settings.json";
    public const string Authority = "ca.pem";
    public const string GroupKey = "group.key";
    public const string ModuleKey = "module.key";
    public const string ConnectionString = "module.connection-string";

    /// <summary>The keys of the site, made at the first time.</summary>
    public SiteIdentities Identities() => new(KeyOf(GroupKey), KeyOf(ModuleKey));

    /// <summary>Writes a file; it changes as a whole.</summary>
    public void Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        var part = path + ".new";
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(part, options))
        {
            writer.Write(content);
        }

        File.Move(part, path, overwrite: true);
    }

    private string KeyOf(string name)
    {
        var path = Path.Combine(folder.FullName, name);
        if (!File.Exists(path))
        {
            Write(name, DeviceKey.Random());
        }

        return File.ReadAllText(path).Trim();
    }
}
