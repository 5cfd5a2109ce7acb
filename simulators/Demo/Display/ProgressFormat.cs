using System.Globalization;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>How values look on the screen; a dash where there is none.</summary>
internal static class ProgressFormat
{
    public static string Rate(double? bytesPerSecond) =>
        bytesPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:0.0} kB/s") : "-";

    public static string Left(double? seconds) => seconds is { } left ? Time(TimeSpan.FromSeconds(Math.Ceiling(left))) : "-";

    public static string Time(TimeSpan time) =>
        time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");

    public static string Phase(McuStatus mcu) => mcu.Outcome.State switch
    {
        OutcomeState.Succeeded => "updated",
        OutcomeState.Failed => "failed",
        _ => mcu.Twin.Phase ?? "-",
    };

    public static double Percent(McuStatus mcu) => mcu.Outcome.State == OutcomeState.Succeeded ? 100 : Math.Clamp(mcu.Twin.Percent ?? 0, 0, 100);

    public static bool IsTransferring(McuStatus mcu) =>
        mcu.Outcome.State == OutcomeState.Pending && string.Equals(mcu.Twin.Phase, "transferring", StringComparison.OrdinalIgnoreCase);
}
