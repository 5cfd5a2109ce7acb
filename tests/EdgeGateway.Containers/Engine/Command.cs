using System.Diagnostics;

namespace EdgeGateway.Containers.Engine;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Reaching it means that something stands still, on a machine with much else to do too.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="host">The engine, for DOCKER_HOST.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="EngineException">It failed; the message has its output.</exception>
    public static Task RunAsync(string host, string program, params string[] arguments) =>
        RunAsync(new Dictionary<string, string> { ["DOCKER_HOST"] = host }, program, arguments);

    /// <param name="environment">Variables added to the environment.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="EngineException">It failed; the message has its output.</exception>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new EngineException($"{program} {string.Join(' ', arguments)} did not end within {Limit.TotalMinutes} min");
        }

        var said = string.Concat(await output);
        return process.ExitCode == 0
            ? said
            : throw new EngineException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
    }

    /// <summary>Finds the path of a program, also in the folders for administration commands, which may not be on the PATH.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
