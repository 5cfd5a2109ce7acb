using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Progress;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>What all parts of one microcontroller's workflow share.</summary>
internal sealed class McuContext
{
    public required McuId Id { get; init; }

    public required McuFinder Finder { get; init; }

    public required IContentStore Store { get; init; }

    public required IUpdateVerifier Verifier { get; init; }

    public required IOptionsMonitor<FirmwareOptions> Settings { get; init; }

    public required TimeProvider Time { get; init; }

    public required IWorkflowObserver Observer { get; init; }

    public required StatusTracker Tracker { get; init; }

    public required CachedJournal Journal { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Random numbers from 0 to 1 for jitter.</summary>
    public required Func<double> Random { get; init; }

    /// <summary>The settings that hold now.</summary>
    public FirmwareOptions Options => Settings.CurrentValue;
}
