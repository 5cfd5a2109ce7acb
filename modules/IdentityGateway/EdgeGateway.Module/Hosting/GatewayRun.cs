using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// The life of the module: while something keeps the gateway from running, it waits, says what, and looks again; then the gateway runs.
/// The process ends only when it is asked to.
/// </summary>
/// <param name="arguments">The command line.</param>
/// <param name="time">The clock.</param>
/// <param name="replace">Puts other services in the place of some, in every host; for tests.</param>
internal sealed class GatewayRun(GatewayArguments arguments, TimeProvider time, Action<IServiceCollection>? replace = null)
{
    /// <summary>How often a waiting module looks again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Runs until a signal or <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var attempt = StartAttempt.ReadToRun(arguments);
            if (attempt.Blocking.Count == 0)
            {
                if (await RunGatewayAsync(attempt, stop) is not { } problem)
                {
                    return;
                }

                attempt = attempt with { Mistakes = [.. attempt.Mistakes, problem] };
            }

            if (!await WaitAsync(attempt, stop))
            {
                return;
            }
        }
    }

    /// <summary>Runs the gateway to its end; returns why it could not be started, null where it ended as asked.</summary>
    private async Task<SettingsError?> RunGatewayAsync(StartAttempt attempt, CancellationToken stop)
    {
        var started = false;
        try
        {
            var host = GatewayHost.Build(attempt.Layers!, attempt.Settings, replace);
            await using var closing = (IAsyncDisposable)host;
            await host.StartAsync(stop);
            started = true;
            await host.WaitForShutdownAsync(stop);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // whatever keeps the gateway from starting is told, and the start is tried again
        catch (Exception e) when (!started)
#pragma warning restore CA1031
        {
            return new SettingsError("start", null, $"a start without trouble: {e.Message}");
        }
    }

    /// <summary>Waits until something has changed for the better or the worse; false where the process is to end.</summary>
    private async Task<bool> WaitAsync(StartAttempt attempt, CancellationToken stop)
    {
        using var changed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var host = WaitingHost.Build(attempt, replace);
        await using var closing = (IAsyncDisposable)host;
        await host.StartAsync(stop);
        var looking = LookAgainAsync(attempt, changed);
        await host.WaitForShutdownAsync(changed.Token);
        var isMended = changed.IsCancellationRequested;
        await changed.CancelAsync();
        await looking;
        return isMended && !stop.IsCancellationRequested;
    }

    private async Task LookAgainAsync(StartAttempt before, CancellationTokenSource changed)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(changed.Token))
            {
                var now = StartAttempt.ReadToRun(arguments);
                if (now.Blocking.Count == 0 || !now.Mistakes.SequenceEqual(before.Mistakes))
                {
                    await changed.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (changed.IsCancellationRequested)
        {
            // enough was seen
        }
    }
}
