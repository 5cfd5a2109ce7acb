using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links;

/// <summary>Knows whether an open line still works, and what ended it. The first cause wins.</summary>
internal sealed partial class LineState(string name, ILogger logger)
{
    private Cause? _cause;

    public string Name { get; } = name;

    public bool IsAlive => Volatile.Read(ref _cause) is null;

    /// <summary>Ends the line; false where it had ended before.</summary>
    public bool TryEnd(LinkFailure failure, string message, Exception? inner = null)
    {
        if (Interlocked.CompareExchange(ref _cause, new Cause(failure, message, inner), null) is not null)
        {
            return false;
        }

        if (failure != LinkFailure.Closed)
        {
            LogFailed(logger, Name, failure, message);
        }

        return true;
    }

    public bool TryClose() => TryEnd(LinkFailure.Closed, $"{Name} was closed.");

    /// <exception cref="LinkException">The line has ended.</exception>
    public void ThrowIfEnded()
    {
        if (!IsAlive)
        {
            throw ToException();
        }
    }

    /// <summary>A fresh exception with the cause of the end.</summary>
    public LinkException ToException()
    {
        var cause = _cause ?? throw new InvalidOperationException($"{Name} has not ended.");
        return new LinkException(cause.Failure, cause.Message, cause.Inner);
    }

    private sealed record Cause(LinkFailure Failure, string Message, Exception? Inner);

    [LoggerMessage(1000, LogLevel.Warning, "Line {Port} failed ({Failure}): {Reason}")]
    private static partial void LogFailed(ILogger logger, string port, LinkFailure failure, string reason);
}
