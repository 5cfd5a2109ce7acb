using System.Globalization;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>Finds out who has locked a port, for messages; best effort. Opens nothing.</summary>
public static class PortHolder
{
    /// <summary>Such as <c>minicom (process 4711)</c>; null where /proc does not tell.</summary>
    public static string? Find(string path)
    {
        try
        {
            var port = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return File.ReadLines("/proc/locks").Select(FlockOwner).Distinct()
                .Where(pid => pid is not null && HasOpen(pid.Value, port))
                .Select(pid => Describe(pid!.Value))
                .FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // /proc is not mounted or hidden; the message does without the name
        }
    }

    // A line of proc_locks(5): "1: FLOCK  ADVISORY  WRITE 4711 00:17:3 0 EOF"
    private static int? FlockOwner(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 4 && fields[1] == "FLOCK" && int.TryParse(fields[4], CultureInfo.InvariantCulture, out var pid) && pid > 0 ? pid : null;
    }

    private static bool HasOpen(int pid, string port)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Any(file => new FileInfo(file).LinkTarget == port);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended meanwhile, or another user's
        }
    }

    private static string Describe(int pid) =>
        pid == Environment.ProcessId ? "this process" : $"{File.ReadAllText($"/proc/{pid}/comm").Trim()} (process {pid})";
}
