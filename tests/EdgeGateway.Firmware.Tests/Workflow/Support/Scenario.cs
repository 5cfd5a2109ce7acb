using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Testing;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>One microcontroller, its workflow and a clock. Everything runs on one scheduler, so that each run is the same.</summary>
internal sealed class Scenario : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _version;

    private Scenario()
    {
        Old = new Firmware("1.0");
        New = new Firmware("2.0");
        Mcu = new FakeMcu(Time, Old) { Images = { Old, New } };
        Store.Add(New.Bytes);
    }

    public VirtualTime Time { get; } = new();

    public Firmware Old { get; }

    public Firmware New { get; }

    public FakeMcu Mcu { get; }

    public FakeStore Store { get; } = new();

    public MemoryJournal Journal { get; } = new();

    public RecordingObserver Observer { get; private set; } = new();

    public LogRecorder Logs { get; } = new();

    public FirmwareOptions Options { get; } = new() { AllowUnsigned = true };

    public IUpdateVerifier Verifier { get; set; } = new NoSignatureVerifier();

    /// <summary>Jitter: the longest wait each time, so that bounds can be seen.</summary>
    public Func<double> Random { get; set; } = () => 1;

    public IMcuWorkflow Workflow { get; private set; } = null!;

    public McuStatus Status => Workflow.Status;

    /// <summary>Runs a test on a scheduler of its own.</summary>
    public static Task RunAsync(Func<Scenario, Task> test) => Task.Factory.StartNew(
        async () =>
        {
            using var scenario = new Scenario();
            try
            {
                await test(scenario);
            }
            finally
            {
                await scenario.StopAsync();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    public void Start()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        Workflow = new McuWorkflowFactory(Store, Verifier, new FixedOptions<FirmwareOptions>(Options), Time, Logs)
            .Create(new McuId("mcu-01"), Mcu, Observer, Journal, Random);
        _running = Workflow.RunAsync(_stop.Token);
    }

    /// <summary>Ends the workflow as a gateway's stop does.</summary>
    public async Task StopAsync()
    {
        _stop.Cancel();
        await WaitAsync(() => _running.IsCompleted);
        await _running;
        Mcu.IsBusHeld.Should().BeFalse("a workflow that ended holds no bus");
        Store.Leases.Where(l => !l.IsDisposed).Should().BeEmpty("a workflow that ended pins no content");
    }

    /// <summary>Ends the workflow and starts a new one on the same journal.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Observer = new RecordingObserver();
        Start();
    }

    public void Deploy(string id = "deploy-1", Firmware? image = null, string? retry = null, JsonObject? reported = null) =>
        Desire(Deployments.Desired(id, Deployments.Manifest(image ?? New), retry), reported);

    public void Cancel(string id = "nodeployment", JsonObject? reported = null) => Desire(Deployments.DesiredCancel(id), reported);

    public void Desire(JsonObject desired, JsonObject? reported = null) =>
        Workflow.SetTwin(Deployments.Read(desired, ++_version, reported));

    /// <summary>Lets time pass until something is so.</summary>
    public async Task WaitAsync(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await SettleAsync();
            if (condition())
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                var log = string.Join(Environment.NewLine, Logs.Lines.TakeLast(30));
                throw new TimeoutException($"It never came to that; the status is {Workflow?.Status}; the log ends with{Environment.NewLine}{log}");
            }

            Time.Advance(Step);
        }
    }

    public Task WaitForAsync(UpdatePhase phase) => WaitAsync(() => Status.Phase == phase);

    /// <summary>Lets a span of time pass.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        var end = Time.GetUtcNow() + span;
        await SettleAsync();
        while (Time.GetUtcNow() < end)
        {
            Time.Advance(Step);
            await SettleAsync();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        Logs.Dispose();
    }

    /// <summary>Lets all queued work run: it uses the same scheduler.</summary>
    private static async Task SettleAsync()
    {
        for (var i = 0; i < 25; i++)
        {
            await Task.Yield();
        }
    }
}
