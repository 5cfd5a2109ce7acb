namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Finds out whether two port names mean one port.</summary>
internal static class PortName
{
    /// <summary>One spelling for all names of a port, links followed as far as they exist now.</summary>
    public static string Canonical(string port)
    {
        if (port.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
        {
            return port.TrimEnd('/').ToUpperInvariant();
        }

        var path = port.StartsWith('/') ? Path.GetFullPath(port) : "/dev/serial/by-id/" + port;
        return File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
    }
}
