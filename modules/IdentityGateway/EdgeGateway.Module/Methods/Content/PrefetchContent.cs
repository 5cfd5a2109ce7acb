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
