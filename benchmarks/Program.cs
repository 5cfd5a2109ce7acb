using System.CommandLine;
using EdgeGateway.Benchmarks.Fleet;
using EdgeGateway.Benchmarks.Serial;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Width = 140;
}

return await new RootCommand("Measures EdgeGateway. Speed claims live here, never in tests.") { SerialCommand.Create(), FleetCommand.Create() }
    .Parse(args).InvokeAsync();
