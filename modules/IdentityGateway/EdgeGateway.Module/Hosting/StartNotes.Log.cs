using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Module.Hosting;

internal sealed partial class StartNotes
{
    [LoggerMessage(4000, LogLevel.Information, "EdgeGateway {Version} starts; settings file {File}, data folder {Folder}")]
    private partial void LogVersion(string version, string file, string folder);

    [LoggerMessage(4001, LogLevel.Information, "Hub: {Hub}, gateway host {GatewayHost}, port {Port}, {Transport}")]
    private partial void LogHub(string hub, string gatewayHost, int port, HubTransport transport);

    [LoggerMessage(4002, LogLevel.Information, "Line {Port} at {Baud} baud, {Kind}: {Mcus}")]
    private partial void LogLine(string port, string baud, string kind, string mcus);

    [LoggerMessage(4003, LogLevel.Information, "The module is {Identity} at the hub")]
    private partial void LogModule(string identity);

    [LoggerMessage(4004, LogLevel.Warning,
        "The module has no identity of its own (no IOTEDGE_* environment, no EdgeHubConnectionString): it serves its "
        + "microcontrollers, but has no twin for settings")]
    private partial void LogNoModule();

    [LoggerMessage(4005, LogLevel.Warning, "No microcontrollers are configured: there is nothing to do")]
    private partial void LogNoMcus();

    [LoggerMessage(4006, LogLevel.Warning,
        "Firmware:AllowUnsigned is set: updates run WITHOUT a verified signature. Whoever controls the hub controls the firmware. "
        + "Not for production")]
    private partial void LogUnsigned();

    [LoggerMessage(4007, LogLevel.Warning, "Module:Paused is set: new updates wait")]
    private partial void LogPaused();

    [LoggerMessage(4008, LogLevel.Warning,
        "{Clients} identities connect through {GatewayHost}, which takes {Limit} as far as is known (Hub:GatewayMaxClients): set "
        + "MaxConnectedClients of its edgeHub higher, other modules and gateways below count too")]
    private partial void LogManyClients(int clients, string gatewayHost, int limit);
}
