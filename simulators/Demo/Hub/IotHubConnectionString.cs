namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>The operator's key to a hub's service API, as the portal shows it.</summary>
/// <param name="HostName">Name of the hub: part of every token.</param>
/// <param name="KeyName">The shared access policy.</param>
/// <param name="Key">Its key, base64. A secret.</param>
public sealed record IotHubConnectionString(string HostName, string KeyName, string Key)
{
    /// <exception cref="FormatException">A part is missing; the message names it and never the key.</exception>
    public static IotHubConnectionString Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new IotHubConnectionString(Take("HostName"), Take("SharedAccessKeyName"), Take("SharedAccessKey"));

        string Take(string name) =>
            parts.TryGetValue(name, out var value) && value.Length > 0
                ? value
                : throw new FormatException(
                    $"the hub's connection string has no {name}; expected HostName=..;SharedAccessKeyName=..;SharedAccessKey=..");
    }

    public override string ToString() => $"HostName={HostName};SharedAccessKeyName={KeyName}";
}
