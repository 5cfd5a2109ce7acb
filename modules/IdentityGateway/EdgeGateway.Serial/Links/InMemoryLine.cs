using System.Runtime.CompilerServices;

namespace EdgeGateway.Serial.Links;

/// <summary>One end of an in-memory pair while it is open.</summary>
internal sealed class InMemoryLine : IOpenLine
{
    private readonly LineState _state;
    private readonly InMemoryWire _incoming;
    private readonly InMemoryWire _outgoing;
    private readonly ReadySignal _readable = new();
    private readonly ReadySignal _writable = new();

    public InMemoryLine(LineState state, InMemoryWire incoming, InMemoryWire outgoing)
    {
        _state = state;
        _incoming = incoming;
        _outgoing = outgoing;
        _incoming.AttachReceiver(_readable);
        _outgoing.AttachSender(_writable);
    }

    public bool IsAlive => _state.IsAlive;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _state.ThrowIfEnded();
            if (_incoming.Read(buffer.Span) is > 0 and var read)
            {
                return read;
            }

            await _readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _state.ThrowIfEnded();
            buffer = buffer[_outgoing.Write(buffer.Span)..];
            if (buffer.IsEmpty)
            {
                return;
            }

            await _writable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask CloseAsync()
    {
        if (_state.TryClose())
        {
            Detach();
        }

        return default;
    }

    public void Unplug()
    {
        if (_state.TryEnd(LinkFailure.Unplugged, $"{_state.Name} was unplugged."))
        {
            Detach();
        }
    }

    private void Detach()
    {
        _incoming.AttachReceiver(null);
        _outgoing.AttachSender(null);
        _readable.Set();
        _writable.Set();
    }
}
