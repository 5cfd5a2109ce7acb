using System.CommandLine;
using EdgeGateway.Simulators.Demo;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Simulators.Demo.SetUp;
using Spectre.Console;

const int WidthOfAFile = 160;
if (!AnsiConsole.Profile.Out.IsTerminal)
{
    AnsiConsole.Profile.Width = WidthOfAFile;
}

var program = new DemoProgram(
    AnsiConsole.Console, Console.Out, Console.Error, new Executables(AppContext.BaseDirectory), TimeProvider.System);
var setUp = new SetUpProgram(Console.Out, Console.Error, TimeProvider.System);
var parsed = new DemoCommand(program.RunAsync, setUp.RunAsync).Root.Parse(args);
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
var code = await parsed.InvokeAsync(configuration);
return parsed.Errors.Count > 0 ? DemoProgram.WrongUsage : code;
