using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.Workflow.Commands;

/// <summary>Holds what waits for a workflow: the latest twin, and every command of an operator.</summary>
/// <remarks>Thread-safe for writers; one reader at a time.</remarks>
internal sealed class WorkflowInbox
{
    private readonly ConcurrentQueue<LocalCommand> _commands = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private DeviceUpdateTwin? _twin;

    /// <summary>Stores a twin; it replaces one that was not taken yet.</summary>
    public void Put(DeviceUpdateTwin twin)
    {
        Volatile.Write(ref _twin, twin);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Queues a command and waits for its result. A command whose caller has stopped waiting is not carried out.</summary>
    public async Task<CommandResult> AskAsync(CommandKind kind, CancellationToken cancellationToken)
    {
        var command = new LocalCommand(kind);
        _commands.Enqueue(command);
        _signal.Writer.TryWrite(true);
        await using var watch = cancellationToken.UnsafeRegister(static w => ((LocalCommand)w!).Withdraw(), command);
        return await command.Result;
    }

    public bool TryTakeTwin([NotNullWhen(true)] out DeviceUpdateTwin? twin) => (twin = Interlocked.Exchange(ref _twin, null)) is not null;

    /// <summary>Takes the next command whose caller still waits.</summary>
    public bool TryTakeCommand([NotNullWhen(true)] out LocalCommand? command)
    {
        while (_commands.TryDequeue(out command))
        {
            if (!command.IsGone)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until there is something to take.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _twin) is null && _commands.IsEmpty)
        {
            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }
}
