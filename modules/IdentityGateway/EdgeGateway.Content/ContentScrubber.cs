using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content;

/// <summary>
/// Reads and hashes all content once after a start, slowly, so that what a disk lost or somebody changed is found before it is needed, when the
/// link above may be down.
/// </summary>
internal sealed partial class ContentScrubber(
    ContentStore store, IOptionsMonitor<ContentOptions> options, TimeProvider time, ILogger<ContentScrubber> logger) : BackgroundService
{
    /// <summary>Time left to the start of everything else.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;

    /// <summary>Checks all that is present, at the rate of the settings.</summary>
    internal async Task ScrubAsync(CancellationToken cancellationToken)
    {
        var (items, bytes) = (0, 0L);
        foreach (var digest in store.Present())
        {
            if (options.CurrentValue.ScrubBytesPerSecond is not (> 0 and var rate))
            {
                return;
            }

            var size = await store.CheckAsync(digest, cancellationToken);
            items++;
            bytes += size;
            await Task.Delay(TimeSpan.FromSeconds((double)size / rate), time, cancellationToken);
        }

        LogDone(items, bytes);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Pause, time, stoppingToken);
            await ScrubAsync(stoppingToken);
        }
        catch (ContentException e)
        {
            LogFailed(e.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next start begins anew
        }
    }

    [LoggerMessage(3044, LogLevel.Information, "All content was read and checked: {Items} items, {Bytes} bytes of which are good and were not in use.")]
    private partial void LogDone(int items, long bytes);

    [LoggerMessage(3045, LogLevel.Warning, "The content of the store cannot be checked: {Reason}")]
    private partial void LogFailed(string reason);
}
