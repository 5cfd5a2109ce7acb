using System.Globalization;
using Spectre.Console;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>Shows caches beside each other.</summary>
internal static class ContentTable
{
    private const double Mebibyte = 1024 * 1024;

    public static void Print(IReadOnlyList<ContentResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("");
        foreach (var header in new[] { "link, x image", "last byte, s", "hits/s", "CPU s/GB", "peak MiB", "16 x image" })
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (var result in results)
        {
            table.AddRow(
                result.Name,
                Text(result.LinkShare, "0.000"),
                Text(result.LastByteSeconds, "0.00"),
                Text(result.HitsPerSecond, "0"),
                Text(result.CpuSecondsPerGigabyte, "0.000"),
                Text(result.SmallPeakBytes / Mebibyte, "0"),
                Text(result.LargePeakBytes / Mebibyte, "0"));
        }

        AnsiConsole.Write(table);
        if (results is [var ours, var other])
        {
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Beside {other.Name}: last byte after {ours.LastByteSeconds / other.LastByteSeconds:0.00} of its time, {ours.HitsPerSecond / other.HitsPerSecond:0.00} of its hits."));
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
