using System.Globalization;
using System.Net;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>One entry of the list of origins: a host, or all hosts below one, and a port.</summary>
/// <param name="Host">Name or address; behind <c>*.</c>, the name below which hosts are.</param>
/// <param name="IsBelow">True where the entry began with <c>*.</c>.</param>
/// <param name="Port">The port; null for any; 0 for the usual one of the scheme.</param>
internal sealed record OriginRule(string Host, bool IsBelow, int? Port)
{
    /// <summary>Reads <c>name</c>, <c>*.name</c> or an IP address, with <c>:port</c> or <c>:*</c> behind it or not.</summary>
    /// <returns>Null where the text is none of these.</returns>
    public static OriginRule? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        var (host, port) = hasPort ? (text[..colon], text[(colon + 1)..]) : (text, "0");
        var isBelow = host.StartsWith("*.", StringComparison.Ordinal);
        host = isBelow ? host[2..] : host.Trim('[', ']');
        var known = IPAddress.TryParse(host, out var address) ? (isBelow ? null : address.ToString())
            : Uri.CheckHostName(host) == UriHostNameType.Dns ? host.ToLowerInvariant()
            : null;
        return known is null ? null
            : port == "*" ? new OriginRule(known, isBelow, null)
            : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535 && (number > 0 || !hasPort)
                ? new OriginRule(known, isBelow, number)
                : null;
    }

    /// <summary>Whether it allows an address. Addresses of hosts by number are allowed by their own entry alone.</summary>
    public bool Allows(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? IPAddress.Parse(address.Host).ToString() : address.Host;
        var hostFits = IsBelow
            ? address.HostNameType == UriHostNameType.Dns && host.Length > Host.Length + 1 && host.EndsWith("." + Host, StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, Host, StringComparison.OrdinalIgnoreCase);
        return hostFits && (Port is null || (Port == 0 ? address.IsDefaultPort : address.Port == Port));
    }
}

/// <summary>Decides from which origins this gateway fetches for others: no client may reach through it what it could not reach itself.</summary>
internal sealed class OriginList
{
    /// <summary>Where Device Update has its content.</summary>
    public const string DeviceUpdate = "*.b.nlu.dl.adu.microsoft.com";

    private readonly OriginRule[] _rules;

    /// <param name="more">Entries of the settings, beside <see cref="DeviceUpdate"/>; those that are none allow nothing.</param>
    public OriginList(IEnumerable<string> more) => _rules = [.. more.Prepend(DeviceUpdate).Select(OriginRule.TryParse).OfType<OriginRule>()];

    public bool Allows(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
        && Array.Exists(_rules, r => r.Allows(address));
}
