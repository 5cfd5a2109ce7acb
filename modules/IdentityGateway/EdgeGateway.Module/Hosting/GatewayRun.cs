using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Runs the module: while something keeps the gateway from running, a host that waits reports what, and the settings are read again; then the
/// gateway runs. The process ends only on request.
/// </summary>
/// <param name="arguments">The command line.</param>
/// <param name="time">The clock.</param>
/// <param name="replace">Replaces services in every host; for tests.</param>
internal sealed class GatewayRun(GatewayArguments arguments, TimeProvider time, Action<IServiceCollection>? replace = null)
{
    /// <summary>Time between two readings of the settings while the module waits.</summary>
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

    /// <summary>Runs the gateway to its end; returns why it could not start, null where it ended on request.</summary>
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
#pragma warning disable CA1031 // the reason is reported, and the start is tried again
        catch (Exception e) when (!started)
#pragma warning restore CA1031
        {
            return new SettingsError("start", null, $"a start without an error: {e.Message}");
        }
    }

    /// <summary>Waits until the settings have changed; returns false where the process is to end.</summary>
    private async Task<bool> WaitAsync(StartAttempt attempt, CancellationToken stop)
    {
        using var changed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var host = WaitingHost.Build(attempt, replace);
        await using var closing = (IAsyncDisposable)host;
        await host.StartAsync(stop);
        var looking = LookAgainAsync(attempt, changed);
        await host.WaitForShutdownAsync(changed.Token);
        var isChanged = changed.IsCancellationRequested;
        await changed.CancelAsync();
        await looking;
        return isChanged && !stop.IsCancellationRequested;
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
