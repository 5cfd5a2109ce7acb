using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>One run of wrk: as many requests as it gets answered.</summary>
/// <param name="PerSecond">Requests answered per second.</param>
/// <param name="Requests">Requests answered.</param>
internal sealed partial record WrkRun(double PerSecond, long Requests)
{
    /// <exception cref="InvalidOperationException">wrk failed, or some answers were errors.</exception>
    public static async Task<WrkRun> StartAsync(RunningCache cache, string file, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-t", "2", "-c", Text(connections), "-d", Text((int)duration.TotalSeconds) + "s", $"http://127.0.0.1:{Text(cache.Port)}{cache.Target(file)}"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var said = await output;
        var (rate, count) = (Rate().Match(said), Count().Match(said));
        return process.ExitCode == 0 && rate.Success && count.Success && !said.Contains("Non-2xx", StringComparison.Ordinal) && !said.Contains("Socket errors", StringComparison.Ordinal)
            ? new WrkRun(double.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture), long.Parse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"wrk failed: {said}{await errors}");
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in ")]
    private static partial Regex Count();

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
