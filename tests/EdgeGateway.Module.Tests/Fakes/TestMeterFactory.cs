using System.Diagnostics.Metrics;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Meters that only a collector of the same factory hears.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(m => m.Dispose());
}
