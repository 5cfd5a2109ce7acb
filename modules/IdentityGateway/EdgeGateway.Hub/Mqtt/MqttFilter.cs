namespace EdgeGateway.Hub.Mqtt;

/// <summary>Which topics a filter means (MQTT 3.1.1, section 4.7).</summary>
public static class MqttFilter
{
    /// <summary>Whether a topic falls under a filter.</summary>
    public static bool Matches(string filter, string topic)
    {
        var f = filter.Split('/');
        var t = topic.Split('/');

        // A leading wildcard does not reach topics that begin with '$' (rule MQTT-4.7.2-1).
        if (t[0].StartsWith('$') && f[0] is "+" or "#")
        {
            return false;
        }

        for (var i = 0; i < f.Length; i++)
        {
            if (f[i] == "#")
            {
                return true;
            }

            if (i >= t.Length || (f[i] != "+" && f[i] != t[i]))
            {
                return false;
            }
        }

        return f.Length == t.Length;
    }
}
