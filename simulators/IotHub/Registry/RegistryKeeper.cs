namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Saves the registry a moment after it changed, and once more at the end.</summary>
internal sealed class RegistryKeeper : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly RegistryFile _file;
    private readonly IdentityRegistry _registry;
    private readonly ITimer _timer;
    private bool _waiting;

    public RegistryKeeper(RegistryFile file, IdentityRegistry registry, TimeProvider time)
    {
        _file = file;
        _registry = registry;
        _timer = time.CreateTimer(_ => SaveNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        registry.Changed += SaveSoon;
    }

    public void Dispose()
    {
        _registry.Changed -= SaveSoon;
        _timer.Dispose();
        SaveNow();
    }

    private void SaveSoon()
    {
        lock (_lock)
        {
            if (!_waiting)
            {
                _waiting = true;
                _timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void SaveNow()
    {
        lock (_lock)
        {
            _waiting = false;
            _file.Save();
        }
    }
}
