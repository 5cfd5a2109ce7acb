using EdgeGateway.Serial.Links;

namespace EdgeGateway.Serial.Drivers;

/// <summary>The right to speak on a bus, until it is disposed.</summary>
/// <remarks>Not thread-safe. A read stays pending between waits, so that a wait that ends loses no bytes.</remarks>
public sealed class BusLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly byte[] _input = new byte[1024];
    private Task<int>? _read;
    private bool _failed;

    internal BusLease(McuBus bus) => Bus = bus;

    public McuBus Bus { get; }

    /// <summary>Writes bytes to the line.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await Bus.Link.WriteAsync(bytes, cancellationToken);
        }
        catch (LinkException)
        {
            _failed = true;
            throw;
        }
    }

    /// <summary>Waits for bytes until <paramref name="deadline"/> on the bus's clock; empty where none came.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            _read ??= Bus.Link.ReadAsync(_input, _ended.Token).AsTask();
            if (!_read.IsCompleted)
            {
                var wait = deadline - Bus.Now;
                if (wait <= TimeSpan.Zero)
                {
                    return default;
                }

                await ((Task)_read).WaitAsync(wait, Bus.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                if (!_read.IsCompleted)
                {
                    return default;
                }
            }

            var count = await _read;
            _read = null;
            return _input.AsMemory(0, count);
        }
        catch (LinkException)
        {
            _failed = true;
            throw;
        }
    }

    /// <summary>Gives the bus back; closes the line where it failed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_read is not null)
        {
            await ((Task)_read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _failed |= _read.IsFaulted;
        }

        if (_failed)
        {
            await Bus.Link.CloseAsync();
        }

        _ended.Dispose();
        Bus.Release();
    }
}
