using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeGateway.Simulators.Demo.Tests.Whole;

/// <summary>The demo as a process, as ./demo.sh starts it, with a folder for temporary files of its own.</summary>
internal sealed partial class DemoProcess : IDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);
    private readonly Process _process;
    private readonly string _temporary;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _deployed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DemoProcess(string temporary, params string[] arguments)
    {
        _temporary = temporary;
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Name;
        const string Project = "EdgeGateway.Simulators.Demo";
        var info = new ProcessStartInfo(Path.Combine(Checkout.Root, "artifacts", "bin", Project, configuration, Project), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["TMPDIR"] = temporary;
        _process = new Process { StartInfo = info };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All it has said.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until the deployment is ordered: everything runs then.</summary>
    public Task DeployedAsync() => Task.WhenAny(_deployed.Task, _process.WaitForExitAsync()).WaitAsync(Limit);

    public void Terminate() => Kill(_process.Id, SigTerm).Should().Be(0);

    public void Kill() => _process.Kill();

    /// <summary>Processes that this run has started and that still run: their command lines name its folder.</summary>
    public IReadOnlyList<Process> Children() =>
        [.. Process.GetProcesses().Where(
            process => process.Id != _process.Id && CommandLine(process.Id).Contains(_temporary, StringComparison.Ordinal))];

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            // no process, or one that has just ended
            return "";
        }
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.Contains("Deployment", StringComparison.Ordinal) == true)
        {
            _deployed.TrySetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
