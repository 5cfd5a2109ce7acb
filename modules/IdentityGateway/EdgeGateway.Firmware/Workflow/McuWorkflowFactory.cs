using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Firmware.Workflow.Progress;
using EdgeGateway.Serial.Drivers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Makes workflows with a journal file each, below <see cref="FirmwareOptions.JournalFolder"/>.</summary>
public sealed class McuWorkflowFactory : IMcuWorkflowFactory
{
    private readonly IContentStore _store;
    private readonly IUpdateVerifier _verifier;
    private readonly IOptionsMonitor<FirmwareOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly JournalMetrics? _metrics;
    private readonly string _journalFolder;

    public McuWorkflowFactory(
        IContentStore store, IUpdateVerifier verifier, IOptionsMonitor<FirmwareOptions> options, TimeProvider time, ILoggerFactory loggers,
        JournalMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _store = store;
        _verifier = verifier;
        _options = options;
        _time = time;
        _loggers = loggers;
        _metrics = metrics;
        _journalFolder = options.CurrentValue.JournalFolder;
    }

    public IMcuWorkflow Create(McuId id, IMcuPort port, IWorkflowObserver observer) => Create(
        id,
        port,
        observer,
        new FileUpdateJournal(_journalFolder, id, _time, _loggers.CreateLogger<FileUpdateJournal>(), _metrics),
        Random.Shared.NextDouble);

    /// <summary>With a journal and random numbers of the caller's choice.</summary>
    internal IMcuWorkflow Create(McuId id, IMcuPort port, IWorkflowObserver observer, IUpdateJournal journal, Func<double> random)
    {
        var tracker = new StatusTracker(id, observer, _time);
        return new McuWorkflow(new McuContext
        {
            Id = id,
            Finder = new McuFinder(port, tracker),
            Store = _store,
            Verifier = _verifier,
            Settings = _options,
            Time = _time,
            Observer = observer,
            Tracker = tracker,
            Journal = new CachedJournal(journal),
            Loggers = _loggers,
            Random = random,
        });
    }
}
