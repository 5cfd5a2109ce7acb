using System.Globalization;
using EdgeGateway.Simulators.Demo.Reporting;
using Spectre.Console;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>The table at the end, and the reasons of what failed.</summary>
public static class SummaryTable
{
    /// <summary>Largest fleet that is shown whole; of a larger one, only what failed.</summary>
    public const int WholeFleet = 32;

    public static void Write(DemoReport report, IAnsiConsole console)
    {
        var failed = report.Mcus.Where(mcu => mcu.Problem is not null).ToList();
        var shown = report.Mcus.Count <= WholeFleet ? report.Mcus : failed;
        if (shown.Count > 0)
        {
            console.Write(Draw(shown));
        }

        foreach (var mcu in failed)
        {
            console.WriteLine($"{mcu.Id}: {mcu.Problem}");
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Mcus.Count - failed.Count} of {report.Mcus.Count} microcontrollers run the new image after {report.ElapsedSeconds:0.0} s; image {report.ImageBytes} bytes, the origin served {report.OriginBytes} bytes."));
        if (Median(report) is { } median)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Efficiency of the lines: median {median.Middle:P1}, worst {median.Worst:P1}."));
        }
    }

    private static Table Draw(IReadOnlyList<McuReport> mcus)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])["MCU", "from", "to", "state"])
        {
            table.AddColumn(new TableColumn(name).NoWrap());
        }

        foreach (var name in (string[])["bytes", "seconds", "efficiency", "repeated", "resumed at"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var mcu in mcus)
        {
            table.AddRow(
            [
                .. new[]
                {
                    mcu.Id, mcu.From, mcu.To, mcu.State, Show(mcu.Bytes), Show(mcu.Seconds, "0.00"), Show(mcu.Efficiency, "P1"),
                    Show(mcu.RetransmittedBytes), Show(mcu.ResumedAt),
                }.Select(text => new Text(text)),
            ]);
        }

        return table;
    }

    private static (double Middle, double Worst)? Median(DemoReport report)
    {
        var known = report.Mcus.Select(mcu => mcu.Efficiency).OfType<double>().Order().ToList();
        return known.Count == 0 ? null : (known[known.Count / 2], known[0]);
    }

    private static string Show(IFormattable? value, string? format = null) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
