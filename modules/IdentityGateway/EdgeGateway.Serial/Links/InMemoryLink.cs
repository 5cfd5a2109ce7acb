using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Serial.Links;

/// <summary>Two links joined in memory, for tests, simulations and benchmarks: what one end writes, the other end reads.</summary>
/// <remarks>Both ends begin closed. As on a wire, what is written while the other end is closed or unplugged is lost.</remarks>
public sealed class InMemoryLink : ISerialLink
{
    private readonly Lock _lock = new();
    private readonly ReopenableLink _link;
    private InMemoryLine? _line;
    private bool _plugged = true;

    private InMemoryLink(string name, InMemoryWire incoming, InMemoryWire outgoing, double? bytesPerSecond) =>
        _link = new ReopenableLink(name, bytesPerSecond, new Opener(this, incoming, outgoing), NullLogger.Instance);

    /// <summary>Makes two joined ends.</summary>
    /// <param name="name">The ends are named after it: <c>name/a</c> and <c>name/b</c>.</param>
    /// <param name="capacity">Bytes on the way in each direction before writes wait; null for no bound.</param>
    /// <param name="bytesPerSecond">What the ends say they carry. The pair itself does not slow down.</param>
    public static (InMemoryLink A, InMemoryLink B) CreatePair(string name = "memory", int? capacity = null, double? bytesPerSecond = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity ?? 1, nameof(capacity));
        var toA = new InMemoryWire(capacity);
        var toB = new InMemoryWire(capacity);
        return (new InMemoryLink(name + "/a", toA, toB, bytesPerSecond), new InMemoryLink(name + "/b", toB, toA, bytesPerSecond));
    }

    public string Name => _link.Name;

    public double? BytesPerSecond => _link.BytesPerSecond;

    public bool IsOpen => _link.IsOpen;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => _link.OpenAsync(cancellationToken);

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _link.ReadAsync(buffer, cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) => _link.WriteAsync(buffer, cancellationToken);

    public ValueTask CloseAsync() => _link.CloseAsync();

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    /// <summary>Pulls this end out: its operations fail with <see cref="LinkFailure.Unplugged"/>, the other end hears silence.</summary>
    public void Unplug()
    {
        lock (_lock)
        {
            _plugged = false;
            _line?.Unplug();
            _line = null;
        }
    }

    /// <summary>Puts this end back; it can be opened again.</summary>
    public void Plug()
    {
        lock (_lock)
        {
            _plugged = true;
        }
    }

    private sealed class Opener(InMemoryLink link, InMemoryWire incoming, InMemoryWire outgoing) : ILineOpener
    {
        public ValueTask<IOpenLine> OpenAsync(CancellationToken cancellationToken)
        {
            lock (link._lock)
            {
                if (!link._plugged)
                {
                    throw new LinkException(LinkFailure.Missing, $"{link.Name} is unplugged.");
                }

                link._line = new InMemoryLine(new LineState(link.Name, NullLogger.Instance), incoming, outgoing);
                return new ValueTask<IOpenLine>(link._line);
            }
        }
    }
}
