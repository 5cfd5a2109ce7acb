using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>When to kill the gateway: in the middle of a transfer, so that something is there to go on with.</summary>
public static class KillPoint
{
    private const double Earliest = 30;
    private const double Latest = 70;

    /// <summary>Whether a microcontroller is in mid-transfer.</summary>
    public static bool IsReached(FleetSnapshot fleet) =>
        fleet.Mcus.Any(mcu => IsTransferring(mcu) && mcu.Twin.Percent is >= Earliest and <= Latest);

    private static bool IsTransferring(McuStatus mcu) => mcu.Twin.Phase == "Transferring";
}
