using System.CommandLine;
using EdgeGateway.Benchmarks.Serial;

return await new RootCommand("Measures EdgeGateway. Speed claims live here, never in tests.") { SerialCommand.Create() }
    .Parse(args).InvokeAsync();
