using System.Diagnostics;
using System.Threading.Channels;

namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>
/// Starts processes that the kernel ends when the demo ends, however it ends: through setpriv (util-linux), which sets PR_SET_PDEATHSIG.
/// Linux takes the *thread* that started a process for its parent (prctl(2)), so all are started by one thread that lives as long as this
/// object. Where setpriv is missing they are started without that protection.
/// </summary>
public sealed class Spawner : IDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>();
    private readonly string? _setpriv;

    public Spawner()
    {
        _setpriv = FindInPath("setpriv");
        new Thread(Run) { IsBackground = true, Name = "process spawner" }.Start();
    }

    public Task<Process> StartAsync(ProcessSpec spec)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = _work.Writer.TryWrite(() =>
        {
            try
            {
                started.SetResult(Process.Start(Describe(spec))!);
            }
            catch (Exception e)
            {
                started.SetException(new ProcessFailedException($"{spec.Name} ({spec.Executable}) could not be started: {e.Message}", e));
            }
        });
        return accepted ? started.Task : throw new ObjectDisposedException(nameof(Spawner));
    }

    public void Dispose() => _work.Writer.TryComplete();

    private void Run()
    {
        // blocks this very thread between two starts
        foreach (var start in _work.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            start();
        }
    }

    private ProcessStartInfo Describe(ProcessSpec spec)
    {
        var info = new ProcessStartInfo(_setpriv ?? spec.Executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] front = _setpriv is null ? [] : ["--pdeathsig", "KILL", "--", spec.Executable];
        foreach (var argument in front.Concat(spec.Arguments))
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static string? FindInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
