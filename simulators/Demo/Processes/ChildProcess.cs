using System.Diagnostics;
using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>One running process of the demo: its log, its READY line, and its end.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>What a simulator's first line of output starts with; a JSON document follows.</summary>
    public const string ReadyMark = "READY ";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly ProcessLog _log;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<JsonElement> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wanted = true;

    private ChildProcess(string name, Process process, ProcessLog log, TimeProvider time)
    {
        Name = name;
        _process = process;
        _log = log;
        _time = time;
        Ended = Task.WhenAll(PumpAsync(process.StandardOutput, lookForReady: true), PumpAsync(process.StandardError, lookForReady: false))
            .ContinueWith(_ => process.WaitForExitAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
            .Unwrap();
    }

    public string Name { get; }

    public int Pid => _process.Id;

    public string LogPath => _log.Path;

    /// <summary>Completes when the process has ended and its last line is in the log.</summary>
    public Task Ended { get; }

    /// <param name="spec">What to start.</param>
    /// <param name="spawner">The thread that starts it.</param>
    /// <param name="logFolder">Its output goes to {name}.log there.</param>
    /// <param name="time">Clock of the time limits.</param>
    /// <exception cref="ProcessFailedException">It could not be started.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessSpec spec, Spawner spawner, string logFolder, TimeProvider time)
    {
        var process = await spawner.StartAsync(spec);
        return new ChildProcess(spec.Name, process, new ProcessLog(Path.Combine(logFolder, spec.Name + ".log")), time);
    }

    /// <summary>Waits for the READY line and hands out its document.</summary>
    /// <exception cref="ProcessFailedException">It ended first, or said nothing in time.</exception>
    public async Task<JsonElement> ReadyAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAny(_ready.Task, Ended).WaitAsync(limit, _time, cancellation);
        }
        catch (TimeoutException)
        {
            throw Failed($"was not ready within {limit.TotalSeconds:0} s");
        }

        return _ready.Task.IsCompleted ? await _ready.Task : throw Failed($"ended with code {_process.ExitCode} before it was ready");
    }

    /// <summary>Completes, as a failure, when the process ends without a request to stop.</summary>
    /// <exception cref="ProcessFailedException">It ended.</exception>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        await Ended.WaitAsync(cancellation);
        if (Volatile.Read(ref _wanted))
        {
            throw Failed($"ended by itself with code {_process.ExitCode}");
        }
    }

    /// <summary>What it has used so far.</summary>
    public ProcessUsage Usage
    {
        get
        {
            _process.Refresh();
            return new ProcessUsage(_process.TotalProcessorTime, _process.WorkingSet64);
        }
    }

    /// <summary>SIGKILL, as a power cut or the kernel's out-of-memory killer would; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        Volatile.Write(ref _wanted, false);
        _process.Kill();
        await Ended;
    }

    /// <summary>SIGTERM, and SIGKILL when that is not enough.</summary>
    public async Task StopAsync()
    {
        Volatile.Write(ref _wanted, false);
        if (!_process.HasExited)
        {
            NativeSignal.Terminate(_process.Id);
        }

        try
        {
            await Ended.WaitAsync(StopLimit, _time);
        }
        catch (TimeoutException)
        {
            _log.Add($"(did not end within {StopLimit.TotalSeconds:0} s of SIGTERM; killed)");
            await KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        _log.Dispose();
    }

    private async Task PumpAsync(StreamReader output, bool lookForReady)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            _log.Add(line);
            if (lookForReady && line.StartsWith(ReadyMark, StringComparison.Ordinal))
            {
                Announce(line[ReadyMark.Length..]);
            }
        }
    }

    private void Announce(string json)
    {
        try
        {
            _ready.TrySetResult(JsonSerializer.Deserialize<JsonElement>(json));
        }
        catch (JsonException e)
        {
            _ready.TrySetException(new ProcessFailedException($"{Name} said READY with a document that is no JSON: {json}", e));
        }
    }

    private ProcessFailedException Failed(string what) =>
        new($"{Name} (process {Pid}) {what}. Its last lines, of {LogPath}:{Environment.NewLine}{_log.Tail()}");
}
