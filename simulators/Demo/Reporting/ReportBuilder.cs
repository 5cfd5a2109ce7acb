using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Reporting;

/// <summary>Computes the report from what twins, microcontrollers and the origin say. Nothing in it is assumed.</summary>
/// <param name="baud">Speed of the lines.</param>
public sealed class ReportBuilder(int baud)
{
    // start bit, eight data bits, stop bit
    private const double BitsPerByte = 10;

    public DemoReport Build(long imageBytes, long originBytes, FleetSnapshot fleet, ProcessUsage gateway) => new(
        imageBytes,
        originBytes,
        Math.Round(fleet.Elapsed.TotalSeconds, 3),
        new GatewayReport(Math.Round(gateway.Cpu.TotalSeconds, 3), gateway.MemoryBytes),
        fleet.Links.Count == 0 ? null : [.. fleet.Links.Select(link => new LinkReport(link.Name, imageBytes, link.Bytes))],
        [.. fleet.Mcus.Select(Build)]);

    private McuReport Build(McuStatus mcu)
    {
        var line = baud / BitsPerByte;
        var transfer = mcu.Twin.Transfer;
        return new McuReport(
            mcu.Id,
            mcu.From,
            mcu.Truth?.Version ?? "",
            State(mcu),
            transfer?.Bytes,
            transfer?.Seconds,
            line,
            transfer is { Seconds: > 0 } ? Math.Round(transfer.Bytes / transfer.Seconds / line, 4) : null,
            transfer?.RetransmittedBytes,
            transfer?.ResumedAt,
            Problem(mcu));
    }

    private static string State(McuStatus mcu) => mcu.Outcome.State switch
    {
        OutcomeState.Succeeded => "succeeded",
        OutcomeState.Failed => "failed",
        _ => mcu.Twin.Phase ?? "unknown",
    };

    /// <summary>Why a microcontroller is not updated; null when it is.</summary>
    public static string? Problem(McuStatus mcu)
    {
        if (mcu.Outcome.State == OutcomeState.Succeeded)
        {
            return null;
        }

        var missing = string.Join("; ", mcu.Outcome.Missing);
        return mcu.Twin.ErrorReason is { } reason ? $"{reason}: {mcu.Twin.ErrorText}; {missing}" : missing;
    }
}
