using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Benchmarks.Fleet;

/// <summary>
/// Updates fleets through the demo - hub, origin, gateway and microcontrollers as real processes on this machine - and reads its report, so that the
/// gateway's cost is that of the whole module, twins and all.
/// </summary>
internal sealed class FleetBenchmark(string demo, int baud, string? image, int seed)
{
    private const double Megabyte = 1e6;

    /// <exception cref="InvalidOperationException">The demo failed; its last words are in the message.</exception>
    public async Task<FleetResult> RunAsync(int mcus, string folder, CancellationToken cancellationToken)
    {
        var report = Path.Combine(folder, $"fleet-{mcus}.json");
        var start = new ProcessStartInfo(demo) { RedirectStandardOutput = true, RedirectStandardError = true };
        Add(start, "--plain", "--mcus", Text(mcus), "--baud", Text(baud), "--seed", Text(seed), "--report", report);
        if (image is not null)
        {
            Add(start, "--image", image);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(); // its children end with it
            throw;
        }

        if (process.ExitCode != 0)
        {
            var said = await output + await errors;
            var lastWords = said[Math.Max(0, said.Length - 2000)..];
            throw new InvalidOperationException($"The demo with {mcus} microcontrollers failed:{Environment.NewLine}{lastWords}");
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report, cancellationToken));
        return Read(json.RootElement, mcus);
    }

    private static FleetResult Read(JsonElement report, int mcus)
    {
        var mcuReports = report.GetProperty("mcus").EnumerateArray();
        var efficiencies = mcuReports.Select(mcu => mcu.GetProperty("efficiency").GetDouble()).Order().ToList();
        var elapsed = report.GetProperty("elapsedSeconds").GetDouble();
        var cpu = report.GetProperty("gateway").GetProperty("cpuSeconds").GetDouble();
        var sent = mcus * report.GetProperty("imageBytes").GetDouble();
        return new FleetResult(
            mcus,
            efficiencies[efficiencies.Count / 2],
            efficiencies[0],
            elapsed,
            cpu,
            cpu / elapsed,
            cpu / (sent / Megabyte),
            report.GetProperty("gateway").GetProperty("memoryBytes").GetInt64());
    }

    private static void Add(ProcessStartInfo start, params string[] arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
