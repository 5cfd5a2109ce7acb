using System.Globalization;

namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Checks ports, ids and addresses for conflicts.</summary>
internal sealed class LinesRule : ISettingsRule
{
    public void Check(SettingsReading reading)
    {
        CheckPorts(reading);
        CheckIds(reading);
        foreach (var line in reading.Settings.Lines)
        {
            CheckAddresses(reading, line);
        }
    }

    private static void CheckPorts(SettingsReading reading)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in reading.Settings.Lines.Where(l => l.Port.Length > 0))
        {
            var key = reading.KeyOf(line, nameof(line.Port));
            if (!seen.TryAdd(PortName.Canonical(line.Port), key))
            {
                reading.Add(key, line.Port, $"a port of its own: {seen[PortName.Canonical(line.Port)]} is the same");
            }
        }
    }

    private static void CheckIds(SettingsReading reading)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mcu in reading.Settings.Lines.SelectMany(l => l.Mcus).Where(m => m.Id.Length > 0))
        {
            var key = reading.KeyOf(mcu, nameof(mcu.Id));
            if (!McuId.IsValid(mcu.Id))
            {
                reading.Add(key, mcu.Id, $"a device id: 1 to {McuId.MaxLength} letters, digits or -.%_*?!(),:=@$'");
            }
            else if (!seen.TryAdd(mcu.Id, key))
            {
                reading.Add(key, mcu.Id, $"an id of its own: {seen[mcu.Id]} is the same");
            }
        }
    }

    private static void CheckAddresses(SettingsReading reading, LineSettings line)
    {
        var several = line.Mcus.Count > 1;
        if (several && !line.HalfDuplex)
        {
            reading.Add(line, nameof(line.HalfDuplex), "false", $"true, or one microcontroller: the line has {line.Mcus.Count}");
        }

        var seen = new Dictionary<int, string>();
        foreach (var mcu in line.Mcus)
        {
            var key = reading.KeyOf(mcu, nameof(mcu.Address));
            var text = mcu.Address.ToString(CultureInfo.InvariantCulture);
            if (reading.HasErrorAt(key))
            {
                continue;
            }

            if (mcu.Address == 0 && (several || line.HalfDuplex))
            {
                reading.Add(
                    key, text, $"1 to {McuSettings.MaxAddress}, as the line is a bus: only the one microcontroller of a line of its own may be 0");
            }
            else if (!seen.TryAdd(mcu.Address, key))
            {
                reading.Add(key, text, $"an address of its own on the line: {seen[mcu.Address]} is the same");
            }
        }
    }
}

/// <summary>Finds out whether two port names mean one port.</summary>
internal static class PortName
{
    /// <summary>Returns one spelling for all names of a port; follows links as far as they exist now.</summary>
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
