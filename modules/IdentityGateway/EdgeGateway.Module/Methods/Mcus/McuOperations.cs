using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Commands;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>
/// Runs commands to one microcontroller, one at a time. An update of another microcontroller may use the bus for long: a caller waits for
/// <see cref="Prompt"/> at most, and finds the end in the twin.
/// </summary>
internal sealed class McuOperations(Func<IMcuWorkflow?> workflow, Action<McuOperation> report, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Longest wait of a caller for the result; a command that ends later is answered with 202.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromSeconds(2);

    /// <summary>Longest time of a command; then it is given up.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task<MethodResponse> _running = Task.FromResult(new MethodResponse(MethodAnswer.Done));
    private McuOperation? _operation;
    private int _count;

    /// <summary>Starts a command and waits up to <see cref="Prompt"/> for its end.</summary>
    /// <param name="name">The method.</param>
    /// <param name="order">What it does.</param>
    /// <param name="cancellationToken">Ends the wait, not the order.</param>
    public async ValueTask<MethodResponse> RunAsync(
        string name, Func<IMcuWorkflow, CancellationToken, Task<CommandResult>> order, CancellationToken cancellationToken)
    {
        McuOperation operation;
        Task<MethodResponse> running;
        lock (_lock)
        {
            if (!_running.IsCompleted)
            {
                throw new MethodException(MethodAnswer.WrongState, $"{_operation!.Name} is still under way.", Body(_operation));
            }

            var target = workflow() ?? throw new MethodException(MethodAnswer.NotNow, "The gateway is just starting; try again.");
            var now = time.GetUtcNow();
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{++_count}");
            _operation = operation = new McuOperation(id, name, McuOperationState.Running, "it waits for its turn on the line", now);
            _running = running = Task.Run(() => CarryOutAsync(operation, target, order), CancellationToken.None);
        }

        await ((Task)running).WaitAsync(Prompt, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsCompleted)
        {
            return await running;
        }

        report(operation);
        return new MethodResponse(MethodAnswer.Started, Body(operation));
    }

    /// <summary>Gives up what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    /// <summary>Returns the operation as answers and the twin show it.</summary>
    public static JsonObject Body(McuOperation operation) => new()
    {
        ["operationId"] = operation.Id,
        ["name"] = operation.Name,
        ["state"] = operation.State.ToString(),
        ["message"] = Twins.TwinText.Limit(operation.Message),
        ["at"] = Twins.TwinTime.Text(operation.At),
    };

    private async Task<MethodResponse> CarryOutAsync(
        McuOperation operation, IMcuWorkflow target, Func<IMcuWorkflow, CancellationToken, Task<CommandResult>> order)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping.Token);
        var (status, state, text) = await TryAsync(target, order, either.Token);
        var ended = operation with { State = state, Message = text, At = time.GetUtcNow() };
        report(ended);
        var body = Body(ended);
        if (status >= MethodAnswer.BadArgument)
        {
            body["error"] = body["message"]!.DeepClone();
        }

        return new MethodResponse(status, body);
    }

    private static async Task<(int Status, McuOperationState State, string Text)> TryAsync(
        IMcuWorkflow target, Func<IMcuWorkflow, CancellationToken, Task<CommandResult>> order, CancellationToken cancellationToken)
    {
        try
        {
            var verdict = await order(target, cancellationToken);
            return verdict.Outcome switch
            {
                CommandOutcome.Accepted => (MethodAnswer.Done, McuOperationState.Succeeded, verdict.Text),
                CommandOutcome.Failed => (MethodAnswer.Failed, McuOperationState.Failed, verdict.Text),
                _ => (MethodAnswer.WrongState, McuOperationState.Refused, verdict.Text),
            };
        }
        catch (McuException e) when (e.Failure == McuFailure.NotSupported)
        {
            return (MethodAnswer.NotSupported, McuOperationState.Refused, e.Message);
        }
        catch (McuException e) when (e.Failure == McuFailure.Refused)
        {
            return (MethodAnswer.WrongState, McuOperationState.Refused, e.Message);
        }
        catch (Exception e) when (e is McuException or LinkException)
        {
            return (MethodAnswer.LineFailed, McuOperationState.Failed, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (MethodAnswer.NotNow, McuOperationState.Failed, "given up: the line was not free in time, or the gateway stops");
        }
#pragma warning disable CA1031 // no caller waits any more: the error is reported instead
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (MethodAnswer.Failed, McuOperationState.Failed, $"the gateway failed: {e.Message}");
        }
    }
}

/// <summary>A command to a microcontroller that may take longer than its caller waits; the twin shows it.</summary>
/// <param name="Id">Names it, in the answer and in the twin.</param>
/// <param name="Name">The method.</param>
/// <param name="State">How it stands.</param>
/// <param name="Message">The same in plain words.</param>
/// <param name="At">Since when.</param>
internal sealed record McuOperation(string Id, string Name, McuOperationState State, string Message, DateTimeOffset At);

/// <summary>The states of a command to a microcontroller.</summary>
internal enum McuOperationState
{
    /// <summary>The command waits for the bus or for the microcontroller.</summary>
    Running,

    /// <summary>The microcontroller has accepted the command.</summary>
    Succeeded,

    /// <summary>The command is not possible in the present state.</summary>
    Refused,

    /// <summary>The microcontroller, its line or the gateway failed.</summary>
    Failed,
}

/// <summary>Makes the board blink, so that a person finds it.</summary>
internal sealed class Identify(McuOperations operations) : DirectMethod<int>("identify")
{
    public const int DefaultSeconds = 10;
    public const int MaxSeconds = 3600;

    protected override int Read(MethodArguments arguments) => arguments.Integer("seconds", 0, MaxSeconds) ?? DefaultSeconds;

    protected override ValueTask<MethodResponse> RunAsync(int arguments, CancellationToken cancellationToken) =>
        operations.RunAsync(Name, (workflow, ct) => workflow.IndicateAsync(TimeSpan.FromSeconds(arguments), ct), cancellationToken);
}

/// <summary>Restarts the microcontroller, unless an update is being transferred to it.</summary>
internal sealed class Reboot(McuOperations operations) : DirectMethod<NoArguments>("reboot")
{
    protected override NoArguments Read(MethodArguments arguments) => default;

    protected override ValueTask<MethodResponse> RunAsync(NoArguments arguments, CancellationToken cancellationToken) =>
        operations.RunAsync(Name, (workflow, ct) => workflow.RebootAsync(ct), cancellationToken);
}
