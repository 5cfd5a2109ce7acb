namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>What MQTT is carried by.</summary>
public enum HubTransport
{
    /// <summary>TLS over TCP, port 8883.</summary>
    Mqtt,

    /// <summary>WebSockets over TLS, port 443, for sites where only that port is open; the only one that goes through an HTTP proxy.</summary>
    WebSockets,
}
