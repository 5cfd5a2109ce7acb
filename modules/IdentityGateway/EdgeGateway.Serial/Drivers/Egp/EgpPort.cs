using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Transfer;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>The way to a microcontroller that speaks the gateway's own protocol (docs/wire-protocol.md).</summary>
/// <remarks>Thread-safe. What it learns of the line's round trip outlives each driver.</remarks>
public sealed class EgpPort : IMcuPort
{
    private readonly McuBus _bus;
    private readonly byte _address;
    private readonly ILogger<EgpDriver> _logger;
    private readonly RttEstimator _rtt = new();
    private readonly SequenceCounter _sequence = new();

    /// <param name="bus">The line.</param>
    /// <param name="address">Address of the microcontroller on it: 1-247, or 0 for the only one of a point-to-point line.</param>
    /// <param name="logger">Where its drivers log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address is above 247, or 0 on a bus.</exception>
    public EgpPort(McuBus bus, byte address, ILogger<EgpDriver> logger)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, FrameHeader.MaxAddress);
        if (bus.HalfDuplex)
        {
            ArgumentOutOfRangeException.ThrowIfZero(address);
        }

        _bus = bus;
        _address = address;
        _logger = logger;
    }

    public string LineName => _bus.Link.Name;

    public async Task<IMcuDriver> ConnectAsync(CancellationToken cancellationToken)
    {
        var lease = await _bus.AcquireAsync(cancellationToken);
        return new EgpDriver(new EgpChannel(lease, _address, _rtt, _sequence), _logger);
    }
}
