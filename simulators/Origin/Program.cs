using System.Text.Json.Nodes;
using EdgeGateway.Simulators.Origin;

return await CommandLine.Create(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(OriginOptions options, CancellationToken cancellationToken)
{
    try
    {
        await using var server = await OriginServer.StartAsync(options, cancellationToken: cancellationToken);
        Console.WriteLine("READY " + new JsonObject { ["url"] = server.Url.ToString().TrimEnd('/') }.ToJsonString());
        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"The origin did not start: {e.Message}");
        return 1;
    }
}
