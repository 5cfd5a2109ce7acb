namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>
/// The folder in which device identities keep what must survive a restart without hub: what is still to be reported, and the last desired state.
/// A module keeps nothing here: what it reports describes its present state only.
/// </summary>
public sealed class HubFolder(string path)
{
    private const string Extension = ".json";

    /// <summary>Files of reports and of twins.</summary>
    private static readonly string[] Kinds = ["reports", "twins"];

    internal string ReportsOf(DeviceIdentity identity) => FileOf(Kinds[0], identity);

    internal string TwinOf(DeviceIdentity identity) => FileOf(Kinds[1], identity);

    /// <summary>Removes the files of devices that are not served any more. Files that were set aside stay, for people to look at.</summary>
    /// <param name="served">Ids of all devices that are.</param>
    /// <returns>The ids of those whose files were removed.</returns>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    public IReadOnlyList<string> KeepOnly(IEnumerable<string> served)
    {
        var known = served.ToHashSet(StringComparer.Ordinal);
        var gone = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in Kinds.Select(k => Path.Combine(path, k)).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension).ToList())
            {
                var id = Path.GetFileNameWithoutExtension(file);
                if (!known.Contains(id))
                {
                    File.Delete(file);
                    gone.Add(id);
                }
            }
        }

        return [.. gone];
    }

    private string FileOf(string kind, DeviceIdentity identity) => Path.Combine(path, kind, identity.DeviceId + Extension);
}
