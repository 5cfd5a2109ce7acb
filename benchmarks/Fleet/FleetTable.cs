using System.Globalization;
using Spectre.Console;

namespace EdgeGateway.Benchmarks.Fleet;

/// <summary>Shows what fleets of several sizes cost.</summary>
internal static class FleetTable
{
    private const double Mebibyte = 1024 * 1024;
    private const double KibiByte = 1024;

    public static void Print(IReadOnlyList<FleetResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in new[] { "MCUs", "median", "worst", "seconds", "gateway CPU s", "cores", "CPU s/MB", "memory MiB", "KiB/MCU" })
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        var least = results.MinBy(result => result.Mcus)!;
        foreach (var result in results)
        {
            var more = result.Mcus - least.Mcus;
            table.AddRow(
                Text(result.Mcus, "0"),
                Text(100 * result.MedianEfficiency, "0.0") + " %",
                Text(100 * result.WorstEfficiency, "0.0") + " %",
                Text(result.ElapsedSeconds, "0.0"),
                Text(result.GatewayCpuSeconds, "0.00"),
                Text(result.GatewayCores, "0.00"),
                Text(result.CpuSecondsPerMegabyte, "0.000"),
                Text(result.GatewayMemoryBytes / Mebibyte, "0"),
                more == 0 ? "" : Text((result.GatewayMemoryBytes - least.GatewayMemoryBytes) / KibiByte / more, "0"));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("Hub, origin, gateway and microcontrollers share this machine; KiB/MCU is what each one more than in the first row adds.");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
