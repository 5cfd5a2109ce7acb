using System.Globalization;

namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

/// <summary>A 32-bit result for diagnosis: facility, component and value (contract 1.8).</summary>
/// <param name="Value">The bits; 0 where nothing went wrong.</param>
public readonly record struct ExtendedResultCode(uint Value)
{
    /// <summary>Facility 3 (step handler), component 3F (private, this gateway).</summary>
    private const uint Gateway = 0x33F0_0000;

    /// <summary>The code of one of this gateway's reasons: 20 bits, listed in docs/failure-reasons.md.</summary>
    public static ExtendedResultCode OfGateway(int reason) => new(reason == 0 ? 0 : Gateway | ((uint)reason & 0xFFFFF));

    /// <summary>Eight upper-case hexadecimal digits: the form of the twin.</summary>
    public override string ToString() => Value.ToString("X8", CultureInfo.InvariantCulture);
}
