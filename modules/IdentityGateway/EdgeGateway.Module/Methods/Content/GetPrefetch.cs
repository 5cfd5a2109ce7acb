using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Prefetch;

namespace EdgeGateway.Module.Methods.Content;

/// <summary>How everything stands that is fetched ahead, or one operation.</summary>
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
