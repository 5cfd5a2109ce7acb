using System.Text.Json.Nodes;
using EdgeGateway.Module.Prefetch;

namespace EdgeGateway.Module.Methods.Content;

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
