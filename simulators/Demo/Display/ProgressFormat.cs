using System.Globalization;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Layers;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>How values look on the screen; empty where there is none.</summary>
internal static class ProgressFormat
{
    public static string Rate(double? bytesPerSecond) =>
        bytesPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:0.0} kB/s") : "";

    public static string Left(double? seconds) => seconds is { } left ? Time(TimeSpan.FromSeconds(Math.Ceiling(left))) : "";

    public static string Time(TimeSpan time) =>
        time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");

    /// <summary>What came down each link so far.</summary>
    public static string Links(IReadOnlyList<LinkTraffic> links) =>
        "links: " + string.Join(", ", links.Select(link => FormattableString.Invariant($"{link.Name} {link.Bytes / 1000.0:0.0} kB")));

    public static string Phase(McuStatus mcu) => mcu.Outcome.State switch
    {
        OutcomeState.Succeeded => "updated",
        OutcomeState.Failed => "failed",
        _ => mcu.Twin.Phase ?? "",
    };

    /// <summary>How much of the image the microcontroller holds, 0 to 100; during the download, how much of it the gateway holds.</summary>
    public static double Percent(McuStatus mcu) => mcu.Outcome.State == OutcomeState.Succeeded ? 100 : mcu.Twin.Phase switch
    {
        null or "Idle" or "Evaluating" or "WaitingForLine" or "Offering" => 0,
        _ => Math.Clamp(mcu.Twin.Percent ?? 0, 0, 100),
    };

    /// <summary>How much of the image the microcontroller holds, 0 to 100.</summary>
    public static double TransferPercent(McuStatus mcu) => IsDownloading(mcu) ? 0 : Percent(mcu);

    public static bool IsDownloading(McuStatus mcu) => mcu.Twin.Phase == "Downloading";

    /// <summary>Bytes move: rate and time left mean something.</summary>
    public static bool IsMoving(McuStatus mcu) => IsTransferring(mcu) || IsDownloading(mcu);

    public static bool IsTransferring(McuStatus mcu) =>
        mcu.Outcome.State == OutcomeState.Pending && mcu.Twin.Phase == "Transferring";
}
