namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Checks that the largest wait is not shorter than the first one.</summary>
internal sealed class WaitsRule : ISettingsRule
{
    public void Check(SettingsReading reading)
    {
        var (hub, content, firmware) = (reading.Settings.Hub, reading.Settings.Content, reading.Settings.Firmware);
        CheckPair(reading, hub, nameof(hub.ReconnectBase), hub.ReconnectBase, nameof(hub.ReconnectMax), hub.ReconnectMax);
        CheckPair(reading, content, nameof(content.RetryBase), content.RetryBase, nameof(content.RetryMax), content.RetryMax);
        CheckPair(reading, firmware, nameof(firmware.RetryBase), firmware.RetryBase, nameof(firmware.RetryMax), firmware.RetryMax);
    }

    private static void CheckPair(
        SettingsReading reading, object owner, string first, TimeSpan firstWait, string largest, TimeSpan largestWait)
    {
        if (largestWait < firstWait)
        {
            reading.Add(owner, largest, largestWait.ToString("c"), $"at least {reading.KeyOf(owner, first)}, {firstWait:c}");
        }
    }
}
