using System.Globalization;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Writes the first lines of the log: the version, the main settings, and what an operator should not overlook. No secrets.
/// </summary>
internal sealed partial class StartupLog(
    SettingsLayers layers,
    GatewaySettings settings,
    ModuleUnit module,
    IOptionsMonitor<HubOptions> hub,
    IOptionsMonitor<FirmwareOptions> firmware,
    IOptionsMonitor<ModuleOptions> options,
    ILogger<StartupLog> logger)
{
    public void Write()
    {
        LogVersion(ProductVersion.Text, layers.File ?? "none", options.CurrentValue.DataFolder);
        WriteHub(hub.CurrentValue);
        foreach (var line in settings.Lines)
        {
            LogLine(line.Port, Speed(line), line.HalfDuplex ? "bus" : "point to point", Mcus(line));
        }

        if (module.Identity is null)
        {
            LogNoModule();
        }
        else
        {
            LogModule(module.Identity.ToString());
        }

        if (!settings.Lines.Any(l => l.Mcus.Count > 0))
        {
            LogNoMcus();
        }

        if (firmware.CurrentValue.AllowUnsigned)
        {
            LogUnsigned();
        }

        if (options.CurrentValue.Paused)
        {
            LogPaused();
        }
    }

    private void WriteHub(HubOptions options)
    {
        LogHub(
            options.HostName ?? "by the environment", options.GatewayHostName ?? "none", options.EffectivePort, options.EffectiveTransport);
        var clients = settings.Lines.Sum(l => l.Mcus.Count) + (module.Identity is null ? 0 : 1);
        if (new HubEndpoint(options.HostName ?? "", options.GatewayHostName is "" ? null : options.GatewayHostName, 0).IsThroughGateway
            && clients > options.GatewayMaxClients)
        {
            LogManyClients(clients, options.GatewayHostName!, options.GatewayMaxClients);
        }
    }

    private static string Speed(LineSettings line) => line.BytesPerSecond is null
        ? "unknown"
        : (line.BaudRate ?? LineOptions.DefaultBaudRate).ToString(CultureInfo.InvariantCulture);

    private static string Mcus(LineSettings line) =>
        line.Mcus.Count == 0 ? "none" : string.Join(", ", line.Mcus.Select(m => m.Address == 0 ? m.Id : $"{m.Id} at {m.Address}"));

    [LoggerMessage(4000, LogLevel.Information, "EdgeGateway starts. Version={Version} SettingsFile={File} DataFolder={Folder}")]
    private partial void LogVersion(string version, string file, string folder);

    [LoggerMessage(4001, LogLevel.Information, "Hub is configured. Hub={Hub} GatewayHost={GatewayHost} Port={Port} Transport={Transport}")]
    private partial void LogHub(string hub, string gatewayHost, int port, HubTransport transport);

    [LoggerMessage(4002, LogLevel.Information, "Line is configured. Port={Port} Baud={Baud} Kind={Kind} Mcus={Mcus}")]
    private partial void LogLine(string port, string baud, string kind, string mcus);

    [LoggerMessage(4003, LogLevel.Information, "Module has an identity at the hub. Identity={Identity}")]
    private partial void LogModule(string identity);

    [LoggerMessage(4004, LogLevel.Warning,
        "Module has no identity of its own, so no twin for settings; its microcontrollers are served. Expected the environment variables IOTEDGE_* of "
        + "IoT Edge, or EdgeHubConnectionString")]
    private partial void LogNoModule();

    [LoggerMessage(4005, LogLevel.Warning, "No microcontrollers are configured; add them to Lines in the settings")]
    private partial void LogNoMcus();

    [LoggerMessage(4006, LogLevel.Warning,
        "Firmware:AllowUnsigned is set: updates run WITHOUT a verified signature, so that control of the hub is control of the firmware. "
        + "Not for production")]
    private partial void LogUnsigned();

    [LoggerMessage(4007, LogLevel.Warning, "Module:Paused is set: new updates wait")]
    private partial void LogPaused();

    [LoggerMessage(4008, LogLevel.Warning,
        "More identities connect through the gateway host than it accepts; raise MaxConnectedClients of its edgeHub, where other modules and child "
        + "gateways count too, then Hub:GatewayMaxClients. Clients={Clients} GatewayHost={GatewayHost} Limit={Limit}")]
    private partial void LogManyClients(int clients, string gatewayHost, int limit);
}
