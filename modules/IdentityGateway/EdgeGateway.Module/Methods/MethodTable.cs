using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Methods;

/// <summary>Runs the direct methods of one identity: finds the method by its name, and bounds its time and the length of its answer.</summary>
/// <remarks>Never throws for what a caller sends: the handler loop of the connection must go on.</remarks>
internal sealed partial class MethodTable
{
    /// <summary>Longest time for an answer; the shortest time-out that a caller can set is 5 s.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(4);

    private readonly string _owner;
    private readonly IReadOnlyList<IDirectMethod> _methods;
    private readonly TimeProvider _time;
    private readonly ILogger<MethodTable> _logger;

    /// <param name="owner">The identity, for the log.</param>
    /// <param name="methods">What can be called.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Log.</param>
    public MethodTable(string owner, IEnumerable<IDirectMethod> methods, TimeProvider time, ILogger<MethodTable> logger)
    {
        (_owner, _time, _logger) = (owner, time, logger);
        _methods = [.. methods.OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Gets the methods, by name.</summary>
    public IReadOnlyList<IDirectMethod> Methods => _methods;

    /// <summary>Answers a call.</summary>
    public async ValueTask<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        var method = _methods.FirstOrDefault(m => string.Equals(m.Name, request.Name, StringComparison.OrdinalIgnoreCase));
        if (method is null)
        {
            return MethodAnswer.Problem(
                MethodAnswer.Unknown,
                $"There is no method '{TwinText.Limit(request.Name, 128)}' here.",
                new JsonObject { ["known"] = MethodAnswer.Names([.. _methods.Select(m => m.Name)]) });
        }

        var response = await RunAsync(method, request.Payload, cancellationToken);
        LogAnswered(method.Name, _owner, response.Status);
        var size = MethodAnswer.SizeOf(response.Payload);
        return size <= MethodAnswer.MaxBytes
            ? response
            : MethodAnswer.Problem(
                MethodAnswer.TooLong, $"The answer has {size} bytes, at most {MethodAnswer.MaxBytes} can be sent; ask for less.");
    }

    private async Task<MethodResponse> RunAsync(IDirectMethod method, JsonNode? payload, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await method.InvokeAsync(payload, either.Token);
        }
        catch (MethodException e)
        {
            return MethodAnswer.Problem(e.Status, e.Message, e.Details);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return MethodAnswer.Problem(MethodAnswer.NotNow, $"{method.Name} could not be done within {TimeLimit.TotalSeconds:0} s; try again.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // a bug of ours must be seen by both sides, and must not end the connection
            LogCrashed(e, method.Name, _owner);
            return MethodAnswer.Problem(MethodAnswer.Failed, $"{method.Name} failed in the gateway: {e.Message}");
        }
    }

    [LoggerMessage(4300, LogLevel.Information, "Direct method answered. Method={Method} Owner={Owner} Status={Status}")]
    private partial void LogAnswered(string method, string owner, int status);

    [LoggerMessage(4301, LogLevel.Error, "Direct method crashed. Method={Method} Owner={Owner}")]
    private partial void LogCrashed(Exception problem, string method, string owner);
}
