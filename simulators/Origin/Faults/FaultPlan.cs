namespace EdgeGateway.Simulators.Origin.Faults;

/// <summary>Holds the fault of all requests that do not ask for one themselves.</summary>
/// <remarks>Thread-safe; can be changed while the origin runs.</remarks>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private Fault _fault = Fault.None;
    private int? _left;

    /// <summary>Sets the fault of the next requests.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of requests it applies to; null for all.</param>
    public void Set(Fault fault, int? times = null)
    {
        lock (_lock)
        {
            (_fault, _left) = (fault, times);
        }
    }

    /// <summary>Removes the fault.</summary>
    public void Clear() => Set(Fault.None);

    internal Fault Take()
    {
        lock (_lock)
        {
            if (_left == 0)
            {
                return Fault.None;
            }

            _left--;
            return _fault;
        }
    }
}
