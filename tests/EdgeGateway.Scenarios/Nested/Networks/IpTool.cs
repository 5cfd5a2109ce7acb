using System.Diagnostics;

namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>Runs <c>ip</c> (iproute2), which makes and changes network namespaces and links.</summary>
internal static class IpTool
{
    public const string Name = "ip";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its own words.</exception>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'ip {string.Join(' ', arguments)}' ended with {process.ExitCode}: {(await errors).Trim()}");
    }
}
