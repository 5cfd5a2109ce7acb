namespace EdgeGateway.Module.Methods.Ports;

/// <summary>Finds the serial devices of this host by their names alone. None is opened, as that may reset the board behind it.</summary>
/// <param name="root">Where <c>dev</c> and <c>sys</c> are.</param>
internal sealed class PortScanner(string root)
{
    private static readonly string[] Links = ["dev/serial/by-id", "dev/serial/by-path"];
    private static readonly string[] Devices = ["ttyUSB", "ttyACM", "ttyAMA", "ttyS"];

    /// <summary>Lists the present devices, by path.</summary>
    public IReadOnlyList<SerialDevice> Scan()
    {
        var names = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var device in Files("dev").Where(IsSerial))
        {
            names[device] = new SortedSet<string>(StringComparer.Ordinal);
        }

        foreach (var link in Links.SelectMany(Files))
        {
            if (TargetOf(link) is { } target)
            {
                names.TryAdd(target, new SortedSet<string>(StringComparer.Ordinal));
                names[target].Add(link);
            }
        }

        return [.. names.Select(n => new SerialDevice(n.Key, [.. n.Value]))];
    }

    private List<string> Files(string folder)
    {
        try
        {
            var path = Path.Combine(root, folder);
            return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // unplugged meanwhile, or hidden from this process: there is nothing to be seen then
        }
    }

    private bool IsSerial(string path)
    {
        var name = Path.GetFileName(path);
        var kind = Devices.FirstOrDefault(d => name.StartsWith(d, StringComparison.Ordinal));
        return kind is not null && name.Length > kind.Length && name.AsSpan(kind.Length).IndexOfAnyExceptInRange('0', '9') < 0
            && (kind != "ttyS" || HasHardware(name));
    }

    /// <summary>Returns false for a ttyS device without a chip: the kernel creates them anyway, with type 0.</summary>
    private bool HasHardware(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, "sys/class/tty", name, "type")).Trim() is not ("" or "0");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target ? target.FullName : null;
        }
        catch (IOException)
        {
            return null; // a link in a circle leads nowhere
        }
    }
}

/// <summary>A serial device of this host.</summary>
/// <param name="Path">The device file itself, links followed.</param>
/// <param name="Names">Links to it, which do not depend on the order in which devices are plugged in.</param>
internal sealed record SerialDevice(string Path, IReadOnlyList<string> Names);
