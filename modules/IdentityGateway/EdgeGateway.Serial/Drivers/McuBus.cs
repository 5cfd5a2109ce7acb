using EdgeGateway.Serial.Links;
using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Drivers;

/// <summary>One line and the lock that lets one driver at a time speak on it, however many microcontrollers it carries.</summary>
/// <remarks>Thread-safe. The link is opened when it is first needed, kept open, and closed after a failure so that the next user opens it again.</remarks>
public sealed class McuBus : IAsyncDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly TimeProvider _time;
    private readonly long _epoch;

    public McuBus(ISerialLink link, bool halfDuplex, TimeProvider time)
    {
        Link = link;
        HalfDuplex = halfDuplex;
        _time = time;
        _epoch = time.GetTimestamp();
        Wire = new WireClock(link.BytesPerSecond);
    }

    public ISerialLink Link { get; }

    /// <summary>True where several microcontrollers share the line and each speaks only when asked.</summary>
    public bool HalfDuplex { get; }

    internal WireClock Wire { get; }

    internal TimeProvider Time => _time;

    /// <summary>Time since the bus was made: the time base of everything that is timed on it.</summary>
    internal TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>Waits for the bus and opens its line.</summary>
    /// <exception cref="LinkException">The line cannot be opened; the bus is free again.</exception>
    public async Task<BusLease> AcquireAsync(CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (!Link.IsOpen)
            {
                await Link.OpenAsync(cancellationToken);
            }
        }
        catch
        {
            _lock.Release();
            throw;
        }

        return new BusLease(this);
    }

    internal void Release() => _lock.Release();

    /// <summary>Closes the line, also under a lease that is still held; the lease can be given back all the same.</summary>
    public ValueTask DisposeAsync() => Link.DisposeAsync(); // the lock has no wait handle, so there is nothing of it to dispose
}
