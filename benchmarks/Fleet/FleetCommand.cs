using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace EdgeGateway.Benchmarks.Fleet;

/// <summary>The command line of <see cref="FleetBenchmark"/>.</summary>
internal static class FleetCommand
{
    private const string DemoName = "EdgeGateway.Simulators.Demo";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var mcus = new Option<int[]>("--mcus")
        {
            Description = "Fleet sizes.",
            DefaultValueFactory = _ => [1, 16, 64, 256],
            AllowMultipleArgumentsPerToken = true,
        };
        var baud = new Option<int>("--baud") { Description = "Rate of the lines.", DefaultValueFactory = _ => 115_200 };
        var image = new Option<string?>("--image")
        {
            Description = "Image to roll out. Default: a real firmware image beside the checkout, or a generated one of 320 KiB.",
        };
        var json = new Option<string?>("--json") { Description = "Write the results to this file, too." };
        var seed = new Option<int>("--seed") { Description = "Seed of image and noise.", DefaultValueFactory = _ => 1 };
        var command = new Command("fleet", "Whole fleets at once through the whole gateway: line use, processor time, memory. Takes three minutes.")
        {
            mcus, baud, image, json, seed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
            try
            {
                var file = BenchImage.Find(parsed.GetValue(image), folder.FullName);
                AnsiConsole.WriteLine($"{file}, {new FileInfo(file).Length} bytes; {parsed.GetValue(baud)} baud");
                var benchmark = new FleetBenchmark(DemoPath(), parsed.GetValue(baud), file, parsed.GetValue(seed));
                var results = new List<FleetResult>();
                foreach (var count in parsed.GetValue(mcus)!)
                {
                    AnsiConsole.WriteLine($"{count} microcontrollers at once ...");
                    results.Add(await benchmark.RunAsync(count, folder.FullName, cancellationToken));
                }

                FleetTable.Print(results);
                if (parsed.GetValue(json) is { } path)
                {
                    await File.WriteAllTextAsync(path, JsonSerializer.Serialize(results, Json), cancellationToken);
                }

                return 0;
            }
            catch (InvalidOperationException failure)
            {
                await Console.Error.WriteLineAsync(failure.Message);
                return 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    /// <summary>The demo that was built beside this program, in the same configuration.</summary>
    private static string DemoPath()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, DemoName, here.Name, DemoName);
    }
}
