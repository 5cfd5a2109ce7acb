using System.Globalization;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// The first lines of the log: which version this is, what it was told to do, and what an operator should not overlook. No secrets.
/// </summary>
internal sealed partial class StartNotes(
    SettingsLayers layers,
    GatewaySettings settings,
    ModuleUnit module,
    IOptionsMonitor<HubOptions> hub,
    IOptionsMonitor<FirmwareOptions> firmware,
    IOptionsMonitor<ModuleOptions> options,
    ILogger<StartNotes> logger)
{
    private readonly ILogger<StartNotes> _logger = logger;

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
}
