namespace EdgeGateway.Module.Settings;

/// <summary>What the way to the hub needs.</summary>
internal sealed class HubRule : ISettingsRule
{
    public void Check(SettingsReading reading)
    {
        var hub = reading.Settings.Hub;
        if (hub.ReconnectMax < hub.ReconnectBase)
        {
            reading.Add(hub, nameof(hub.ReconnectMax), hub.ReconnectMax.ToString("c"), $"at least Hub:{nameof(hub.ReconnectBase)}, {hub.ReconnectBase:c}");
        }
    }
}
