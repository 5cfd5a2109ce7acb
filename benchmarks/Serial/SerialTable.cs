using System.Globalization;
using Spectre.Console;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>Shows the results of the serial benchmark, a row a line, and what was aimed at.</summary>
internal static class SerialTable
{
    /// <summary>Prints the table.</summary>
    /// <returns>Rows in which an aim is missed.</returns>
    public static int Print(IReadOnlyList<SerialResult> results)
    {
        var names = results.Select(result => result.Contender).Distinct().ToList();
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("baud", "turnaround", "bit errors");
        names.ForEach(name => table.AddColumn(new TableColumn(name).RightAligned()));
        table.AddColumns("aim", "");
        var missed = 0;
        foreach (var row in results.GroupBy(result => result.Case))
        {
            var ours = row.First();
            var aim = Aim(row.Key);
            var met = ours.Efficiency >= aim && row.Skip(1).All(other => other.Efficiency < ours.Efficiency);
            missed += met ? 0 : 1;
            table.AddRow([
                row.Key.Baud.ToString(CultureInfo.InvariantCulture),
                FormattableString.Invariant($"{row.Key.TurnaroundMilliseconds} ms"),
                row.Key.BitErrorRate.ToString("0.######", CultureInfo.InvariantCulture),
                .. row.Select(Cell),
                aim > 0 ? FormattableString.Invariant($">= {aim:P0}") : "ahead",
                met ? "[green]met[/]" : "[red]missed[/]",
            ]);
        }

        AnsiConsole.Write(table);
        foreach (var failed in results.Where(result => result.Failure is not null))
        {
            var line = $"{failed.Case.Baud} baud, {failed.Case.TurnaroundMilliseconds} ms, {failed.Case.BitErrorRate:0.######}";
            AnsiConsole.MarkupLineInterpolated($"[red]{failed.Contender}[/] at {line}: {failed.Failure}");
        }

        AnsiConsole.WriteLine(
            "Payload bytes per second over bytes per second of the line; whole session, flash times zero. Of each the best of three tries counts.");
        return missed;
    }

    /// <summary>What is aimed at beyond being ahead: 95 % at 115200 baud, 93 % at 921600 with a turnaround up to 2 ms, 75 % with bit errors of 1e-5.</summary>
    private static double Aim(SerialCase line) => line switch
    {
        { BitErrorRate: >= 1e-5 } => 0.75,
        { BitErrorRate: > 0 } => 0,
        { Baud: <= 115_200 } => 0.95,
        { TurnaroundMilliseconds: <= 2 } => 0.93,
        _ => 0,
    };

    private static string Cell(SerialResult result) => result.Failure is not null
        ? "[red]failed[/]"
        : FormattableString.Invariant($"{100 * result.Efficiency:0.0} %");
}
