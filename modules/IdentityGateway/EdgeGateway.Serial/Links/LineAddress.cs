using System.Diagnostics.CodeAnalysis;

namespace EdgeGateway.Serial.Links;

/// <summary>Where a line is, parsed from <see cref="LineOptions.Port"/>: a device file, or a host and TCP port.</summary>
internal sealed class LineAddress
{
    private const string TcpScheme = "tcp://";
    private const string ById = "/dev/serial/by-id/";

    private LineAddress(string? path, string? host, int tcpPort)
    {
        Path = path;
        Host = host;
        TcpPort = tcpPort;
    }

    /// <summary>Device file; null for TCP.</summary>
    public string? Path { get; }

    /// <summary>Host name or IP address; null for a device file.</summary>
    public string? Host { get; }

    /// <summary>1 to 65535; 0 for a device file.</summary>
    public int TcpPort { get; }

    public static bool IsTcp(string? port) => port is not null && port.StartsWith(TcpScheme, StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(string? port, [NotNullWhen(true)] out LineAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        error = null;
        if (IsTcp(port))
        {
            if (Uri.TryCreate(port, UriKind.Absolute, out var uri)
                && uri is { DnsSafeHost.Length: > 0, Port: > 0, PathAndQuery: "/" or "", UserInfo: "", Fragment: "" })
            {
                address = new LineAddress(null, uri.DnsSafeHost, uri.Port);
                return true;
            }

            error = $"Port '{port}' is no TCP address: tcp://host:port with a port of 1 to 65535 is.";
            return false;
        }

        if (string.IsNullOrWhiteSpace(port) || port.Contains('\0'))
        {
            error = "Port is empty: a path such as /dev/ttyUSB0, a name in /dev/serial/by-id or tcp://host:port is expected.";
        }
        else if (port.StartsWith('/'))
        {
            address = new LineAddress(port, null, 0);
        }
        else if (!port.Contains('/') && port is not ("." or ".."))
        {
            address = new LineAddress(ById + port, null, 0);
        }
        else
        {
            error = $"Port '{port}' is no line: an absolute path, a bare name in /dev/serial/by-id or tcp://host:port is.";
        }

        return address is not null;
    }
}
