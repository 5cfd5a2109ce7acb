using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>The command line of <see cref="SerialBenchmark"/>.</summary>
internal static class SerialCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var image = new Option<string?>("--image")
        {
            Description = "File to send. Default: a real firmware image beside the checkout, or a generated one of 320 KiB.",
        };
        var json = new Option<string?>("--json") { Description = "Write the results to this file, too." };
        var seed = new Option<int>("--seed") { Description = "Seed of the noise.", DefaultValueFactory = _ => 1 };
        var baud = Several("--baud", "Rates to measure.", 115_200, 921_600);
        var turnaround = Several("--turnaround", "Turnarounds to measure, in milliseconds.", 0.5, 2, 16);
        var noise = Several("--noise", "Bit error rates to measure.", 0, 1e-6, 1e-5);
        var command = new Command("serial", "Our protocol beside lrzsz (sz/rz, sx -k/rx) on the same paced lines. Takes about ten minutes.")
        {
            image, json, seed, baud, turnaround, noise,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
            try
            {
                var file = BenchImage.Find(parsed.GetValue(image), folder.FullName);
                AnsiConsole.WriteLine($"{file}, {new FileInfo(file).Length} bytes; seed {parsed.GetValue(seed)}");
                var benchmark = new SerialBenchmark(
                    file, parsed.GetValue(seed), parsed.GetValue(baud)!, parsed.GetValue(turnaround)!, parsed.GetValue(noise)!);
                var results = await benchmark.RunAsync(cancellationToken);
                var missed = SerialTable.Print(results);
                if (parsed.GetValue(json) is { } path)
                {
                    await File.WriteAllTextAsync(path, JsonSerializer.Serialize(results, Json), cancellationToken);
                }

                return missed == 0 ? 0 : 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static Option<T[]> Several<T>(string name, string description, params T[] defaults) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaults,
        AllowMultipleArgumentsPerToken = true,
    };
}
