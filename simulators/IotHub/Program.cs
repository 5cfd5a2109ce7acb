using EdgeGateway.Simulators.IotHub.Hosting;

return await CommandLine.Create(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(IotHubSimulatorOptions options, LogLevel level, CancellationToken cancellationToken)
{
    try
    {
        await using var simulator = await IotHubSimulator.StartAsync(
            options,
            logging: log => log.SetMinimumLevel(level).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace),
            cancellationToken: cancellationToken);
        if (options.DataFolder is { } folder)
        {
            ReadyLine.Write(simulator, folder);
        }

        Console.WriteLine(ReadyLine.For(simulator));
        await simulator.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
    {
        await Console.Error.WriteLineAsync($"The simulator did not start: {e.Message}");
        return 1;
    }
}
