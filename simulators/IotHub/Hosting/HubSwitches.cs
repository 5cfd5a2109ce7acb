using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Switches faults of the hub on and off, for tests and the demo.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class HubSwitches
{
    private volatile bool _offline;
    private volatile bool _upstreamCut;
    private int _throttled;

    /// <summary>Raised when the hub goes offline.</summary>
    public event Action? WentOffline;

    /// <summary>Raised when an edge hub is cut off from the hub above.</summary>
    public event Action? UpstreamWasCut;

    /// <summary>Gets or sets whether MQTT connections are dropped and refused and the service API answers 503.</summary>
    public bool Offline
    {
        get => _offline;
        set
        {
            var before = _offline;
            _offline = value;
            if (value && !before)
            {
                WentOffline?.Invoke();
            }
        }
    }

    /// <summary>Gets or sets whether an edge hub is cut off from the hub above. Has no effect in a hub.</summary>
    public bool UpstreamCut
    {
        get => _upstreamCut;
        set
        {
            var before = _upstreamCut;
            _upstreamCut = value;
            if (value && !before)
            {
                UpstreamWasCut?.Invoke();
            }
        }
    }

    /// <summary>Gets or sets how many of the next twin operations are answered with 429; -1 for all.</summary>
    public int ThrottledTwinOperations
    {
        get => Volatile.Read(ref _throttled);
        set => Volatile.Write(ref _throttled, value);
    }

    /// <summary>Counts a twin operation.</summary>
    /// <exception cref="HubRequestException">The operation is throttled: 429.</exception>
    internal void CountTwinOperation()
    {
        for (var left = ThrottledTwinOperations; left != 0; left = ThrottledTwinOperations)
        {
            if (left < 0 || Interlocked.CompareExchange(ref _throttled, left - 1, left) == left)
            {
                throw new HubRequestException(HubError.Throttled, "too many requests");
            }
        }
    }
}
