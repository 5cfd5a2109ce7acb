namespace EdgeGateway.Simulators.Origin.Faults;

/// <summary>The fault that requests get which do not ask for one themselves.</summary>
/// <remarks>Thread-safe; can be changed while the origin runs.</remarks>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private Fault _fault = Fault.None;
    private int? _left;

    /// <summary>Sets the fault of the next requests.</summary>
    /// <param name="fault">What shall happen.</param>
    /// <param name="times">To how many requests; null for all.</param>
    public void Set(Fault fault, int? times = null)
    {
        lock (_lock)
        {
            (_fault, _left) = (fault, times);
        }
    }

    /// <summary>Everything is well again.</summary>
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
