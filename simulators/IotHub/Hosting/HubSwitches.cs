using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Troubles of the hub that tests and the demo can switch on.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class HubSwitches
{
    private volatile bool _offline;
    private volatile bool _upstreamCut;
    private int _throttled;

    /// <summary>Raised when the hub goes offline.</summary>
    public event Action? WentOffline;

    /// <summary>Raised when an edge hub is cut off from what is above it.</summary>
    public event Action? UpstreamWasCut;

    /// <summary>True: MQTT connections are dropped and refused, the service API answers 503.</summary>
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

    /// <summary>True: an edge hub is cut off from what is above it. Means nothing to a hub.</summary>
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

    /// <summary>So many of the next twin operations of devices are answered with 429; -1 for all.</summary>
    public int ThrottledTwinOperations
    {
        get => Volatile.Read(ref _throttled);
        set => Volatile.Write(ref _throttled, value);
    }

    /// <exception cref="HubRequestException">This operation is one to be throttled: 429.</exception>
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
