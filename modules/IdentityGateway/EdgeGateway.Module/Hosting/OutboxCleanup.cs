using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Stores;
using EdgeGateway.Module.Fleet;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>Deletes at the start the stored reports of microcontrollers that are no longer in the settings.</summary>
internal sealed partial class OutboxCleanup(IOptionsMonitor<HubOptions> options, McuFleet fleet, ILogger<OutboxCleanup> logger)
{
    public void Run()
    {
        if (options.CurrentValue.OutboxFolder is not { Length: > 0 } folder)
        {
            return;
        }

        try
        {
            var gone = new HubFolder(folder).KeepOnly(fleet.Units.Select(u => u.Id.Value));
            if (gone.Count > 0)
            {
                LogRemoved(string.Join(", ", gone));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(folder, e.Message);
        }
    }

    [LoggerMessage(4012, LogLevel.Information, "Stored reports removed: the microcontrollers are no longer in the settings. Mcus={Mcus}")]
    private partial void LogRemoved(string mcus);

    [LoggerMessage(4013, LogLevel.Warning, "Stored reports of removed microcontrollers cannot be deleted. Folder={Folder} Problem={Problem}")]
    private partial void LogNotRemoved(string folder, string problem);
}
