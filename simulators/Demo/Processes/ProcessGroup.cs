namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>The processes of one run, each of which is to run until the end. Disposing it ends them, the last started first.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="logs">Folder of their logs.</param>
/// <param name="time">Clock of the time limits.</param>
public sealed class ProcessGroup(string logs, TimeProvider time) : IAsyncDisposable
{
    private readonly Spawner _spawner = new();
    private readonly Lock _lock = new();
    private readonly List<ChildProcess> _running = [];
    private readonly CancellationTokenSource _watching = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails as soon as a process ends that should run.</summary>
    public Task Broken => _broken.Task;

    /// <exception cref="ProcessFailedException">It could not be started.</exception>
    public async Task<ChildProcess> StartAsync(ProcessSpec spec)
    {
        var child = await ChildProcess.StartAsync(spec, _spawner, logs, time);
        lock (_lock)
        {
            _running.Add(child);
        }

        _ = child.WatchAsync(_watching.Token).ContinueWith(
            watch => _broken.TrySetException(watch.Exception!.InnerExceptions),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return child;
    }

    /// <summary>kill -9 of one of them.</summary>
    public async Task KillAsync(ChildProcess child)
    {
        await child.KillAsync();
        lock (_lock)
        {
            _running.Remove(child);
        }

        await child.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            await _running[i].DisposeAsync();
        }

        _spawner.Dispose();
        _watching.Dispose();
    }
}
