using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>The command line of <see cref="ContentBenchmark"/>.</summary>
internal static class ContentCommand
{
    private const string Gateway = "EdgeGateway.Module";
    private const string Origin = "EdgeGateway.Simulators.Origin";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var children = new Option<int>("--children") { Description = "Clients at once.", DefaultValueFactory = _ => 64 };
        var size = new Option<int>("--size") { Description = "Size of the image, bytes.", DefaultValueFactory = _ => 16 << 20 };
        var link = new Option<double>("--link") { Description = "Rate of the link to the origin, bytes per second.", DefaultValueFactory = _ => 20e6 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; the median counts.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<int>("--seconds") { Description = "Time of each run of hits.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "Seed of the files.", DefaultValueFactory = _ => 1 };
        var json = new Option<string?>("--json") { Description = "Write the results to this file, too." };
        var command = new Command("content", "The content endpoint beside nginx as a cache: one image to many at once, hits, memory. Takes a minute.")
        {
            children, size, link, rounds, seconds, seed, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
            try
            {
                var plan = new ContentPlan(
                    parsed.GetValue(children),
                    parsed.GetValue(size),
                    parsed.GetValue(link),
                    parsed.GetValue(rounds),
                    TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                    parsed.GetValue(seed));
                var benchmark = new ContentBenchmark(plan, PathOf(Origin), AnsiConsole.WriteLine);
                var results = await benchmark.RunAsync([new GatewayContender(PathOf(Gateway)), new NginxContender("nginx")], folder.FullName, cancellationToken);
                ContentTable.Print(results);
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

    /// <summary>A program that was built beside this one, in the same configuration.</summary>
    private static string PathOf(string name)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, name, here.Name, name);
    }
}
