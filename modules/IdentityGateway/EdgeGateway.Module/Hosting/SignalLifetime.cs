using System.Runtime.InteropServices;

namespace EdgeGateway.Module.Hosting;

/// <summary>Stops the host cleanly at the first SIGTERM, SIGINT or SIGQUIT, and the process at once at the second.</summary>
internal sealed partial class SignalLifetime(IHostApplicationLifetime application, ILogger<SignalLifetime> logger, Action<int> exit)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public SignalLifetime(IHostApplicationLifetime application, ILogger<SignalLifetime> logger)
        : this(application, logger, Environment.Exit)
    {
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                OnSignal(context.Signal);
            }));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    internal void OnSignal(PosixSignal signal)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            LogStopping(signal);
            application.StopApplication();
        }
        else
        {
            // 128 + number of the signal, as shells count; .NET numbers them by itself
            exit(128 + signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGQUIT => 3, _ => 15 });
        }
    }

    [LoggerMessage(4010, LogLevel.Information, "Gateway stops; a second signal ends it at once. Signal={Signal}")]
    private partial void LogStopping(PosixSignal signal);
}
