using System.ComponentModel;
using System.Diagnostics;

namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>Runs a tool of this machine to its end.</summary>
/// <param name="log">Gets its command line and its error output.</param>
public sealed class ToolRun(ProcessLog log)
{
    /// <param name="program">The program, looked for in PATH.</param>
    /// <param name="arguments">Its arguments, unquoted.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <param name="environment">Variables added to the environment.</param>
    /// <returns>What it has written to its standard output.</returns>
    /// <exception cref="ProcessFailedException">It is not there, or ended with another code than 0; the message has its last words.</exception>
    public async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var line = $"{program} {string.Join(' ', start.ArgumentList)}";
        log.Add($"$ {line}");
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        log.Add(await errors);
        return process.ExitCode == 0
            ? await output
            : throw new ProcessFailedException($"{line} ended with {process.ExitCode}. Its last words, of {log.Path}:{Environment.NewLine}{log.Tail()}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ProcessFailedException($"{start.FileName} cannot be started: {e.Message}", e);
        }
    }
}
