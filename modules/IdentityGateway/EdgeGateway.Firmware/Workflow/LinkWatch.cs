using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// Asks an idle microcontroller for a sign of life now and then, and reads its facts again after it was absent or restarted.
/// </summary>
internal sealed partial class LinkWatch
{
    private readonly McuContext _mcu;
    private readonly ILogger _logger;
    private Heartbeat? _heartbeat;
    private int _failures;
    private DateTimeOffset _due;

    public LinkWatch(McuContext mcu)
    {
        _mcu = mcu;
        _logger = mcu.Loggers.CreateLogger<LinkWatch>();
        _due = mcu.Time.GetUtcNow();
    }

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = _due - _mcu.Time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _mcu.Time, cancellationToken);
            }

            await CheckAsync(cancellationToken);
            _due = _mcu.Time.GetUtcNow() + Pause();
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var before = _mcu.Tracker.Status;
        try
        {
            _heartbeat = await _mcu.Finder.CheckAsync(_heartbeat, cancellationToken);
            _failures = 0;
            if (before.Link != McuLinkState.Online && _mcu.Tracker.Status.Facts is { } facts)
            {
                LogOnline(_mcu.Id, _mcu.Finder.LineName, facts.Vendor, facts.Model, facts.RunningVersion, facts.BootState);
            }
        }
        catch (Exception e) when (e is LinkException or McuException)
        {
            _failures++;
            var now = _mcu.Tracker.Status;
            if ((before.Link, before.LinkReason) != (now.Link, now.LinkReason))
            {
                LogOffline(_mcu.Id, _mcu.Finder.LineName, now.LinkReason, e.Message);
            }
        }
    }

    /// <summary>
    /// Between three quarters and five quarters of the interval, so that many microcontrollers spread; sooner just after one was lost.
    /// </summary>
    private TimeSpan Pause()
    {
        var options = _mcu.Options;
        return _failures == 0
            ? options.PingInterval * (0.75 + (0.5 * _mcu.Random()))
            : Backoff.Delay(_failures, options.ReattachBase, options.PingInterval, 0.5 + (0.5 * _mcu.Random()));
    }

    [LoggerMessage(3240, LogLevel.Information, "{Mcu}: online at {Line}: {Vendor} {Model}, version {Version}, {BootState}.")]
    private partial void LogOnline(McuId mcu, string line, string vendor, string model, string version, BootState bootState);

    [LoggerMessage(3241, LogLevel.Warning, "{Mcu}: offline at {Line}: {Reason}: {Error}")]
    private partial void LogOffline(McuId mcu, string line, FailureReason reason, string error);
}
