using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Prefetch;

namespace EdgeGateway.Module.Methods.Content;

/// <summary>Lets content come before any microcontroller or gateway below asks for it.</summary>
internal sealed class PrefetchContent(Prefetcher prefetcher) : DirectMethod<PrefetchOrder>("PrefetchContent")
{
    protected override PrefetchOrder Read(MethodArguments arguments) => PrefetchReader.Read(arguments);

    protected override ValueTask<MethodResponse> RunAsync(PrefetchOrder arguments, CancellationToken cancellationToken) =>
        prefetcher.Order(arguments) is { } id
            ? ValueTask.FromResult(new MethodResponse(MethodAnswer.Started, new JsonObject
            {
                ["operationId"] = id,
                ["files"] = arguments.Contents.Count,
                ["bytes"] = arguments.Contents.Sum(c => c.Size),
            }))
            : throw new MethodException(
                MethodAnswer.WrongState,
                $"{PrefetchList.MaxEntries} files are fetched ahead or held at most; cancel an operation, or wait until one has ended.");
}

/// <summary>Returns the state of all content that is prefetched, or of one operation.</summary>
internal sealed class GetPrefetch(Prefetcher prefetcher) : DirectMethod<string?>("GetPrefetch")
{
    protected override string? Read(MethodArguments arguments) => arguments.Text("operationId");

    protected override ValueTask<MethodResponse> RunAsync(string? arguments, CancellationToken cancellationToken)
    {
        var all = prefetcher.Entries;
        var wanted = arguments is null ? all : [.. all.Where(e => e.Operation == arguments)];
        return arguments is not null && wanted.Count == 0
            ? throw PrefetchLookup.Unknown(prefetcher, arguments)
            : ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonObject
            {
                ["files"] = new JsonArray([.. wanted.Select(PrefetchShow.Entry)]),
            }));
    }
}

/// <summary>Ends an operation: its files are no longer fetched, and no longer held.</summary>
internal sealed class CancelPrefetch(Prefetcher prefetcher) : DirectMethod<string>("CancelPrefetch")
{
    protected override string Read(MethodArguments arguments) => arguments.Text("operationId", required: true) ?? "";

    protected override ValueTask<MethodResponse> RunAsync(string arguments, CancellationToken cancellationToken) =>
        arguments == PrefetchTwin.Operation
            ? throw new MethodException(MethodAnswer.WrongState, "This is the list of the module twin; change it there.")
            : prefetcher.Cancel(arguments) is > 0 and var dropped
                ? ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonObject { ["operationId"] = arguments, ["files"] = dropped }))
                : throw PrefetchLookup.Unknown(prefetcher, arguments);
}

/// <summary>Operations that calls name and that are not there.</summary>
internal static class PrefetchLookup
{
    public static MethodException Unknown(Prefetcher prefetcher, string operation) => new(
        MethodAnswer.Unknown,
        $"There is no operation '{operation}' here, or it has ended long ago.",
        new JsonObject
        {
            ["field"] = "operationId",
            ["known"] = MethodAnswer.Names([.. prefetcher.Entries.Select(e => e.Operation).Distinct()]),
        });
}
