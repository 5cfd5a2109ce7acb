using System.Globalization;
using EdgeGateway.Content.Sources.Parents;

namespace EdgeGateway.Module.Parents;

/// <summary>Which parents the settings and the IoT Edge environment name.</summary>
internal static class ParentAddresses
{
    /// <summary>Addresses in the order they are asked; what is no address is left out, <see cref="Settings.Rules.ParentRule"/> tells it.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="environment">Host name of the parent of a nested device; null for none.</param>
    public static IReadOnlyList<Uri> Of(ParentOptions options, string? environment)
    {
        if (!options.Enabled)
        {
            return [];
        }

        var first = string.IsNullOrWhiteSpace(options.HostName) ? environment : options.HostName.Trim();
        IEnumerable<string?> all = first is null ? options.Alternatives : [first, .. options.Alternatives];
        return [.. all.Select(h => Parse(h, options.Port)).OfType<Uri>().Distinct()];
    }

    /// <summary>Reads <c>host</c> or <c>host:port</c>; null if it is neither.</summary>
    public static Uri? Parse(string? text, int port)
    {
        var host = text?.Trim() ?? "";
        if (Uri.CheckHostName(host) == UriHostNameType.IPv6 && !host.StartsWith('['))
        {
            host = $"[{host}]";
        }

        var hasPort = host.LastIndexOf(':') is var colon && colon > host.LastIndexOf(']') && colon >= 0;
        var name = hasPort ? host[..colon] : host;
        var number = hasPort ? host[(colon + 1)..] : port.ToString(CultureInfo.InvariantCulture);
        return Uri.CheckHostName(name) != UriHostNameType.Unknown
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 65535
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{name}:{value}/"))
            : null;
    }
}
