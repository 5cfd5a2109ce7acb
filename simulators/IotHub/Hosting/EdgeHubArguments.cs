using System.CommandLine;
using System.Globalization;
using EdgeGateway.Simulators.IotHub.Edge;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Defines and reads the options that make the simulator an edge hub.</summary>
internal sealed class EdgeHubArguments
{
    private const int StandardMqttPort = 8883;

    private readonly Option<string?> _upstream = new("--upstream")
    {
        Description = "HOST or HOST:PORT of MQTT at the hub above, which may be an edge hub too. Makes this an edge hub: devices and modules below connect to it as "
            + "their gateway (GatewayHostName), and it connects upstream on their behalf, as the edgeHub of Azure IoT Edge does.",
    };

    private readonly Option<int> _httpsPort = new("--upstream-https-port")
    {
        Description = "Port of HTTPS at the hub above, where the edge hub reads the identities below it.",
        DefaultValueFactory = _ => 8443,
    };

    private readonly Option<FileInfo?> _ca = new("--upstream-ca")
    {
        Description = "PEM file of the authorities to trust upstream; default: the system's.",
    };

    private readonly Option<string?> _connectionString = new("--edge-connection-string")
    {
        Description = "Credentials of the edge hub: HostName=HUB;DeviceId=EDGE;ModuleId=$edgeHub;SharedAccessKey=KEY (without ModuleId: the edge device itself).",
    };

    private readonly Option<FileInfo?> _connectionStringFile = new("--edge-connection-string-file")
    {
        Description = "File with that connection string.",
    };

    private readonly Option<int> _maxClients = new("--max-clients")
    {
        Description = "Largest number of clients of the edge hub, without itself; further ones are refused with 'server unavailable'.",
        DefaultValueFactory = _ => 100,
    };

    private readonly Option<double> _cloudTimeout = Seconds(
        "--cloud-timeout", 20, "longest wait for an answer of the hub above; afterwards a twin is read from the local copy, which is empty if there is none");

    private readonly Option<double> _refreshDelay = Seconds(
        "--scope-refresh-delay", 120, "how long an identity is not read again from the hub above, however often its device connects");

    private readonly Option<double> _twinSync = Seconds("--min-twin-sync-period", 120, "shortest time between two reads of a twin after reconnects upstream");

    private readonly Option<double> _reportInterval = Seconds("--report-interval", 5, "shortest time between two messages of reported properties of a client");

    private readonly Option<double> _messageLife = Seconds("--message-ttl", 7200, "how long a telemetry message stays queued while the hub above cannot be reached");

    private readonly Option<int> _maxMessages = new("--max-messages")
    {
        Description = "Largest number of telemetry messages that are queued while the hub above cannot be reached.",
        DefaultValueFactory = _ => 10_000,
    };

    public IEnumerable<Option> Options =>
    [
        _upstream, _httpsPort, _ca, _connectionString, _connectionStringFile, _maxClients,
        _cloudTimeout, _refreshDelay, _twinSync, _reportInterval, _messageLife, _maxMessages,
    ];

    /// <summary>Reads the options.</summary>
    /// <returns>The options of an edge hub; null for a hub.</returns>
    /// <exception cref="InvalidDataException">An option is missing or wrong; the message names it.</exception>
    public EdgeHubOptions? Read(ParseResult result)
    {
        if (result.GetValue(_upstream) is not { } upstream)
        {
            return null;
        }

        var (host, port) = Split(upstream);
        return new EdgeHubOptions
        {
            UpstreamHost = host,
            UpstreamPort = port,
            UpstreamHttpsPort = result.GetValue(_httpsPort),
            UpstreamCaFile = result.GetValue(_ca)?.FullName,
            Credentials = Credentials(result),
            MaxClients = result.GetValue(_maxClients),
            CloudTimeout = TimeSpan.FromSeconds(result.GetValue(_cloudTimeout)),
            ScopeRefreshDelay = TimeSpan.FromSeconds(result.GetValue(_refreshDelay)),
            MinTwinSyncPeriod = TimeSpan.FromSeconds(result.GetValue(_twinSync)),
            ReportInterval = TimeSpan.FromSeconds(result.GetValue(_reportInterval)),
            MessageLife = TimeSpan.FromSeconds(result.GetValue(_messageLife)),
            MaxQueuedMessages = result.GetValue(_maxMessages),
        };
    }

    private EdgeCredentials Credentials(ParseResult result)
    {
        var text = result.GetValue(_connectionString)
            ?? (result.GetValue(_connectionStringFile) is { } file
                ? File.ReadAllText(file.FullName)
                : throw new InvalidDataException($"{_upstream.Name} needs {_connectionString.Name} or {_connectionStringFile.Name}."));
        try
        {
            return EdgeCredentials.Parse(text);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private (string Host, int Port) Split(string upstream)
    {
        var colon = upstream.LastIndexOf(':');
        if (colon < 0)
        {
            return (upstream, StandardMqttPort);
        }

        return int.TryParse(upstream[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 && colon > 0
            ? (upstream[..colon], port)
            : throw new InvalidDataException($"{_upstream.Name} is '{upstream}', it must be HOST or HOST:PORT.");
    }

    private static Option<double> Seconds(string name, double standard, string what)
    {
        var option = new Option<double>(name)
        {
            Description = $"Of an edge hub, seconds: {what}.",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var seconds) && seconds is < 0 or > 864_000)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {seconds}, it must be 0 to 864000 seconds."));
            }
        });
        return option;
    }
}
