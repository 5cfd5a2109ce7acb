using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Drivers.Egp;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Ports;

/// <summary>Creates drivers for microcontrollers that speak the protocol of the gateway; those of one line share a bus.</summary>
internal sealed class EgpPortFactory(ISerialLinkFactory links, ILogger<EgpDriver> logger, TimeProvider time) : IMcuPortFactory
{
    private readonly Dictionary<LineSettings, McuBus> _buses = new(ReferenceEqualityComparer.Instance);

    public IMcuPort Create(LineSettings line, McuSettings mcu)
    {
        try
        {
            if (!_buses.TryGetValue(line, out var bus))
            {
                _buses[line] = bus = new McuBus(links.Create(line), line.HalfDuplex, time);
            }

            return new EgpPort(bus, checked((byte)mcu.Address), logger);
        }
        catch (LinkException e)
        {
            return new BrokenPort(line.Port, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_buses.Values.Select(b => b.DisposeAsync().AsTask()));
        _buses.Clear();
    }
}

/// <summary>Makes the ways to microcontrollers, and closes their lines when it is disposed; tests put their own in its place.</summary>
internal interface IMcuPortFactory : IAsyncDisposable
{
    /// <summary>Creates the access to one microcontroller. Opens nothing.</summary>
    IMcuPort Create(LineSettings line, McuSettings mcu);
}

/// <summary>A line that cannot be created: each attempt to use it fails with the reason, as with a line that cannot be opened.</summary>
internal sealed class BrokenPort(string name, LinkException problem) : IMcuPort
{
    public string LineName => name;

    public Task<IMcuDriver> ConnectAsync(CancellationToken cancellationToken) =>
        Task.FromException<IMcuDriver>(new LinkException(problem.Failure, problem.Message, problem));
}
