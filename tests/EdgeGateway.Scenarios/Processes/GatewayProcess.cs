using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeGateway.Scenarios.Site;

namespace EdgeGateway.Scenarios.Processes;

/// <summary>The gateway's executable, or another program, as a process of its own: real signals, real standard output.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ChangeSignal _changed = new();

    private GatewayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Starts the gateway.</summary>
    public static GatewayProcess Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        StartCommand(["dotnet", Built("EdgeGateway.Module"), .. arguments], environment);

    /// <summary>Starts any program; the first word names it.</summary>
    public static GatewayProcess StartCommand(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new GatewayProcess(Process.Start(start)!);
    }

    /// <summary>Path of a program of this repository, to be run by "dotnet".</summary>
    public static string Built(string project) => Path.Combine(AppContext.BaseDirectory, project + ".dll");

    /// <summary>Waits for a line with these words.</summary>
    public Task<string> WaitAsync(string words) => _changed.WaitAsync(
        () => _lines.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)),
        () => $"no line with '{words}' came: {string.Join(Environment.NewLine, _lines)}");

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>Exit code, and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        if (Kill(_process.Id, SigTerm) != 0)
        {
            throw new InvalidOperationException($"kill of {_process.Id} failed: error {Marshal.GetLastPInvokeError()}");
        }

        await _process.WaitForExitAsync().WaitAsync(ChangeSignal.Patience);
        return (_process.ExitCode, clock.Elapsed);
    }

    /// <summary>Waits for it to end by itself.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(ChangeSignal.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            _changed.Raise();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
