namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Checks the settings of the connection to the hub.</summary>
internal sealed class HubRule : ISettingsRule
{
    private const string NoHost = "the name of the IoT Hub, as no identity of IoT Edge is there to take it from";

    public void Check(SettingsReading reading)
    {
        var hub = reading.Settings.Hub;
        foreach (var mistake in reading.Environment.Mistakes)
        {
            reading.AddWarning("environment", null, $"a valid identity of the module: {mistake}");
        }

        if (string.IsNullOrWhiteSpace(hub.HostName) && reading.Environment.Identity is null)
        {
            reading.Add(hub, nameof(hub.HostName), null, NoHost);
        }

        CheckHost(reading, nameof(hub.HostName), hub.HostName);
        CheckHost(reading, nameof(hub.GatewayHostName), hub.GatewayHostName);
        if (hub.ProxyUrl is { } proxy && proxy.Scheme is not ("http" or "https"))
        {
            reading.Add(hub, nameof(hub.ProxyUrl), $"{proxy.Scheme}:...", "a URL of scheme http or https");
        }
    }

    private static void CheckHost(SettingsReading reading, string property, string? host)
    {
        if (!string.IsNullOrWhiteSpace(host) && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            reading.Add(reading.Settings.Hub, property, host, "a host name or address, without scheme and port");
        }
    }
}
