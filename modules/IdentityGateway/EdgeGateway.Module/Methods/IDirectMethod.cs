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

/// <summary>A method in two halves: what was asked is read as a whole, with every mistake, before anything is done.</summary>
/// <typeparam name="T">Its arguments, read.</typeparam>
internal abstract class DirectMethod<T>(string name) : IDirectMethod
{
    public string Name => name;

    public IReadOnlyList<string> Arguments
    {
        get
        {
            var arguments = new MethodArguments(null);
            Read(arguments);
            return arguments.Names;
        }
    }

    public async ValueTask<MethodResponse> InvokeAsync(JsonNode? payload, CancellationToken cancellationToken)
    {
        var arguments = new MethodArguments(payload);
        var read = Read(arguments);
        return arguments.Finish() is { Count: > 0 } errors ? MethodAnswer.Mistakes(errors) : await RunAsync(read, cancellationToken);
    }

    /// <summary>Reads the arguments; mistakes are collected in them, and the result is of no use then.</summary>
    protected abstract T Read(MethodArguments arguments);

    /// <exception cref="MethodException">It cannot be done.</exception>
    protected abstract ValueTask<MethodResponse> RunAsync(T arguments, CancellationToken cancellationToken);
}

/// <summary>The arguments of a method that has none.</summary>
internal readonly record struct NoArguments;
