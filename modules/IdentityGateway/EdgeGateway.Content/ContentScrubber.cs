using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content;

/// <summary>
/// Reads and hashes all content once after a start, at a low rate, so that damage is found before the content is needed, when the link to the
/// source may be down.
/// </summary>
internal sealed partial class ContentScrubber(
    ContentStore store, IOptionsMonitor<ContentOptions> options, TimeProvider time, ILogger<ContentScrubber> logger) : BackgroundService
{
    /// <summary>Delay after the start, which gives other work precedence.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;

    /// <summary>Verifies all content that is present, at the rate of the settings.</summary>
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
            // the next start verifies everything again
        }
    }

    [LoggerMessage(3044, LogLevel.Information, "Scrub verified all content. Items={Items} Bytes={Bytes}")]
    private partial void LogDone(int items, long bytes);

    [LoggerMessage(3045, LogLevel.Warning, "Scrub cannot verify the content of the store. Reason={Reason}")]
    private partial void LogFailed(string reason);
}
