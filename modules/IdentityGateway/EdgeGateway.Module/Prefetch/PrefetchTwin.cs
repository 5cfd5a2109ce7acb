using System.Text.Json.Nodes;
using EdgeGateway.Module.Methods;

namespace EdgeGateway.Module.Prefetch;

/// <summary>
/// The desired property <c>prefetch</c> of the module twin, a lasting list: a deployment of IoT Edge lets content come ahead to all gateways it
/// is for.
/// </summary>
/// <remarks>The calls of one device handler come one at a time; <see cref="Component"/> may be asked from anywhere.</remarks>
internal sealed class PrefetchTwin(Prefetcher prefetcher)
{
    /// <summary>Name of the property, and of the reported component.</summary>
    public const string Property = "prefetch";

    /// <summary>The operation that its entries belong to.</summary>
    public const string Operation = "twin";

    private volatile IReadOnlyList<ArgumentError> _mistakes = [];

    /// <summary>Follows the desired section; one with a mistake changes nothing, and is reported.</summary>
    public void Apply(JsonObject desired)
    {
        if (desired[Property] is not { } node)
        {
            _mistakes = [];
            prefetcher.Cancel(Operation);
            return;
        }

        var arguments = new MethodArguments(node);
        var order = PrefetchReader.Read(arguments);
        _mistakes = arguments.Finish();
        if (_mistakes.Count > 0)
        {
            return;
        }

        try
        {
            _mistakes = prefetcher.Follow(Operation, order)
                ? []
                : [new ArgumentError("files", $"There is no room for it: {PrefetchList.MaxEntries} files are fetched ahead at most.")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _mistakes = [new ArgumentError("files", $"It cannot be noted, and is not fetched: {e.Message}")];
        }
    }

    /// <summary>The reported component.</summary>
    public JsonObject Component() => PrefetchShow.Component(prefetcher.Entries, _mistakes);
}
