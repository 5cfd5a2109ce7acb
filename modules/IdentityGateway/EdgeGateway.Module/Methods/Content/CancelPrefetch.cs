using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Prefetch;

namespace EdgeGateway.Module.Methods.Content;

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
