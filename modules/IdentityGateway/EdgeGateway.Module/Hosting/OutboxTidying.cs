using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Stores;
using EdgeGateway.Module.Fleet;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>Removes at start what was kept for microcontrollers that are no longer in the settings.</summary>
internal sealed partial class OutboxTidying(IOptionsMonitor<HubOptions> options, McuFleet fleet, ILogger<OutboxTidying> logger)
{
    private readonly ILogger<OutboxTidying> _logger = logger;

    public void Tidy()
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

    [LoggerMessage(4012, LogLevel.Information, "No longer in the settings: {Mcus}; what was kept for their twins is removed")]
    private partial void LogRemoved(string mcus);

    [LoggerMessage(4013, LogLevel.Warning, "The folder {Folder} cannot be tidied: {Why}")]
    private partial void LogNotRemoved(string folder, string why);
}
