using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Methods;

/// <summary>One direct method of an identity. docs/direct-methods.md describes each.</summary>
internal interface IDirectMethod
{
    /// <summary>Gets the name; upper and lower case do not matter in calls.</summary>
    string Name { get; }

    /// <summary>Gets the names of its arguments, in the order in which they are read.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>Answers a call with any payload.</summary>
    /// <exception cref="MethodException">It cannot be done.</exception>
    ValueTask<MethodResponse> InvokeAsync(JsonNode? payload, CancellationToken cancellationToken);
}

/// <summary>A direct method that reads all its arguments, and finds every mistake, before it does anything.</summary>
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

/// <summary>The arguments of a method without arguments.</summary>
internal readonly record struct NoArguments;
