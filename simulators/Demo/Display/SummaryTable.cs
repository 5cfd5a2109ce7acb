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
        // whole lines at any width: a terminal wraps them, a file must not
        var words = console.Profile.Out.Writer;
        var failed = report.Mcus.Where(mcu => mcu.Problem is not null).ToList();
        var shown = report.Mcus.Count <= WholeFleet ? report.Mcus : failed;
        if (shown.Count > 0)
        {
            console.Write(Draw(shown));
        }

        foreach (var mcu in failed)
        {
            words.WriteLine($"{mcu.Id}: {mcu.Problem}");
        }

        words.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Mcus.Count - failed.Count} of {report.Mcus.Count} microcontrollers run the new image after {report.ElapsedSeconds:0.0} s; ")
            + $"image {report.ImageBytes} bytes, the origin served {report.OriginBytes} bytes.");
        foreach (var link in report.Links ?? [])
        {
            words.WriteLine(FormattableString.Invariant(
                $"Link {link.Name}: {link.Bytes} bytes down, {(double)link.Bytes / link.ImageBytes:0.000} x the image."));
        }

        if (Median(report) is { } median)
        {
            words.WriteLine(FormattableString.Invariant(
                $"Use of the lines by image bytes: median {median.Middle:0.0 %}, worst {median.Worst:0.0 %}."));
        }
    }

    private static Table Draw(IReadOnlyList<McuReport> mcus)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var name in (string[])["MCU", "from", "to", "state"])
        {
            table.AddColumn(Column(name));
        }

        foreach (var name in (string[])["bytes", "seconds", "line use", "repeated", "resumed at"])
        {
            table.AddColumn(Column(name).RightAligned());
        }

        foreach (var mcu in mcus)
        {
            table.AddRow(
            [
                .. new[]
                {
                    mcu.Id, mcu.From, mcu.To, mcu.State, Show(mcu.Bytes), Show(mcu.Seconds, "0.00"), Show(mcu.Efficiency, "0.0 %"),
                    Show(mcu.RetransmittedBytes), Show(mcu.ResumedAt),
                }.Select(text => new Text(text)),
            ]);
        }

        return table;
    }

    private static TableColumn Column(string name) => new TableColumn(name).PadLeft(0).PadRight(2).NoWrap();

    private static (double Middle, double Worst)? Median(DemoReport report)
    {
        var known = report.Mcus.Select(mcu => mcu.Efficiency).OfType<double>().Order().ToList();
        return known.Count == 0 ? null : (known[known.Count / 2], known[0]);
    }

    private static string Show(IFormattable? value, string? format = null) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
