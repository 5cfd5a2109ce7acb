using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Methods;

/// <summary>One direct method of an identity. docs/direct-methods.md describes each.</summary>
internal interface IDirectMethod
{
    /// <summary>Its name; calls may spell it in any case.</summary>
    string Name { get; }

    /// <summary>Names of its arguments, in the order they are read.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>Answers a call with any payload.</summary>
    /// <exception cref="MethodException">It cannot be done.</exception>
    ValueTask<MethodResponse> InvokeAsync(JsonNode? payload, CancellationToken cancellationToken);
}
