using System.Diagnostics;

namespace EdgeGateway.Deployment.Tests;

/// <summary>Runs bash.</summary>
internal static class Bash
{
    /// <summary>Runs a script given on standard input, or checks its syntax with the argument -n.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string script, string? folder = null, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", arguments)
        {
            WorkingDirectory = folder ?? Checkout.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }
}
