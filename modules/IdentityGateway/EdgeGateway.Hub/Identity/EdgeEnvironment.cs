using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Identity;

/// <summary>
/// Reads who the module is from the environment variables of IoT Edge: <c>EdgeHubConnectionString</c>, the convention of local development (or
/// <c>EdgeHubConnectionStringFile</c>, a file of it, as container engines hand out secrets), or the <c>IOTEDGE_*</c> variables that edgeAgent sets.
/// </summary>
public sealed class EdgeEnvironment(Func<string, string?> read)
{
    private const string Text = "EdgeHubConnectionString";
    private const string TextFile = "EdgeHubConnectionStringFile";
    private readonly List<string> _mistakes = [];

    /// <summary>Reads the identity.</summary>
    /// <returns>Null where no variable says anything: the process is not a module.</returns>
    /// <exception cref="IdentityConfigurationException">Variables are missing or contradict each other; names them all.</exception>
    public ModuleIdentity? Read()
    {
        _mistakes.Clear();
        var identity = Optional(Text) is { } text ? FromConnectionString(Text, text)
            : Optional(TextFile) is { } file ? FromFile(file)
            : Optional("IOTEDGE_WORKLOADURI") is not null || Optional("IOTEDGE_MODULEID") is not null ? FromWorkload()
            : null;
        return _mistakes.Count == 0 ? identity : throw new IdentityConfigurationException([.. _mistakes]);
    }

    /// <summary>
    /// Reads which transport leads upstream from <c>UpstreamProtocol</c>, the name that edgeHub and edgeAgent have for it. AMQP stands for the way it takes:
    /// a port of its own, or WebSockets.
    /// </summary>
    /// <returns>Null where the variable is not set.</returns>
    /// <exception cref="IdentityConfigurationException">It names no protocol.</exception>
    public HubTransport? ReadTransport() => Optional("UpstreamProtocol")?.ToUpperInvariant() switch
    {
        null => null,
        "MQTT" or "AMQP" => HubTransport.Mqtt,
        "MQTTWS" or "AMQPWS" => HubTransport.WebSockets,
        _ => throw new IdentityConfigurationException(
            [$"UpstreamProtocol is '{Optional("UpstreamProtocol")}'; expected is Amqp, AmqpWs, Mqtt or MqttWs."]),
    };

    private ModuleIdentity? FromFile(string path)
    {
        try
        {
            return FromConnectionString(TextFile, File.ReadAllText(path).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _mistakes.Add($"{TextFile} is '{path}', which cannot be read: {e.Message}");
            return null;
        }
    }

    private ModuleIdentity? FromConnectionString(string variable, string text)
    {
        var mistakes = new List<string>();
        var parsed = HubConnectionString.Parse(text, mistakes);
        _mistakes.AddRange(mistakes.Select(m => $"{variable}: {m}"));
        if (parsed is null)
        {
            return null;
        }

        MustAgree(variable, "IOTEDGE_IOTHUBHOSTNAME", "HostName", parsed.HostName);
        MustAgree(variable, "IOTEDGE_DEVICEID", "DeviceId", parsed.DeviceId);
        MustAgree(variable, "IOTEDGE_MODULEID", "ModuleId", parsed.ModuleId);
        var trust = Optional("EdgeModuleCACertificateFile") is { } file ? new FileTrustSource(file) : null;
        return new ModuleIdentity(
            new DeviceIdentity(parsed.DeviceId, parsed.ModuleId),
            parsed.HostName,
            parsed.GatewayHostName,
            new SharedKeyTokenProvider(parsed.SharedAccessKey),
            trust);
    }

    private ModuleIdentity? FromWorkload()
    {
        var hub = Required("IOTEDGE_IOTHUBHOSTNAME");
        var device = Required("IOTEDGE_DEVICEID");
        var module = Required("IOTEDGE_MODULEID");
        var generation = Required("IOTEDGE_MODULEGENERATIONID");
        var uri = WorkloadUri(Required("IOTEDGE_WORKLOADURI"));
        if (Required("IOTEDGE_AUTHSCHEME") is { Length: > 0 } scheme && !scheme.Equals("sasToken", StringComparison.OrdinalIgnoreCase))
        {
            _mistakes.Add($"IOTEDGE_AUTHSCHEME is '{scheme}'; only 'sasToken' is known.");
        }

        if (_mistakes.Count > 0 || uri is null)
        {
            return null;
        }

        var workload = new WorkloadClient(uri, module, generation);
        return new ModuleIdentity(
            new DeviceIdentity(device, module),
            hub,
            Optional("IOTEDGE_GATEWAYHOSTNAME"),
            new WorkloadTokenProvider(workload),
            new WorkloadTrustSource(workload))
        {
            Workload = workload,
        };
    }

    private Uri? WorkloadUri(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "unix" or "http")
        {
            return uri;
        }

        _mistakes.Add($"IOTEDGE_WORKLOADURI is '{text}'; expected is unix:///path/to/socket or http://host:port.");
        return null;
    }

    private void MustAgree(string source, string variable, string part, string value)
    {
        if (Optional(variable) is { } other && other != value)
        {
            _mistakes.Add($"{variable} is '{other}', but {part} of {source} is '{value}'; they must agree.");
        }
    }

    private string Required(string name)
    {
        if (Optional(name) is { } value)
        {
            return value;
        }

        _mistakes.Add($"{name} is missing.");
        return "";
    }

    private string? Optional(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

/// <summary>The environment says who the module is, but wrongly; all mistakes at once.</summary>
public sealed class IdentityConfigurationException(IReadOnlyList<string> mistakes)
    : Exception($"The identity of the module is wrongly configured:{string.Concat(mistakes.Select(m => $"\n- {m}"))}")
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
