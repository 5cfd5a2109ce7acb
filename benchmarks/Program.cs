using System.CommandLine;
using EdgeGateway.Benchmarks.Content;
using EdgeGateway.Benchmarks.Fleet;
using EdgeGateway.Benchmarks.Serial;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Width = 140;
}

var root = new RootCommand("Measures EdgeGateway. Speed claims live here, never in tests.")
{
    SerialCommand.Create(), FleetCommand.Create(), ContentCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
