using EdgeGateway.Simulators.Demo.Fleet;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>Draws one snapshot of the fleet.</summary>
/// <param name="height">Lines of the terminal.</param>
public sealed class FleetPicture(int height)
{
    private const int BarWidth = 32;
    private const int LinesAround = 6;

    public IRenderable Draw(FleetSnapshot? fleet, IReadOnlyList<string> notes)
    {
        var rows = new List<IRenderable>(notes.Select(note => new Markup($"[grey]{Markup.Escape(note)}[/]")));
        if (fleet is not null)
        {
            var room = Math.Max(1, height - LinesAround - notes.Count - Math.Min(1, fleet.Links.Count));
            var shown = fleet.Mcus.Count <= room ? fleet.Mcus : Busiest(fleet, room);
            if (fleet.Links.Count > 0)
            {
                rows.Add(new Text(ProgressFormat.Links(fleet.Links)));
            }

            rows.Add(Bars(shown));
            rows.Add(new Markup(Summary(fleet, fleet.Mcus.Count - shown.Count)));
        }

        return new Rows(rows);
    }

    // failed ones first, then those under way, the furthest first; the order of the fleet otherwise
    private static List<McuStatus> Busiest(FleetSnapshot fleet, int count) =>
        [.. fleet.Mcus.OrderByDescending(Rank).ThenByDescending(ProgressFormat.Percent).Take(count)];

    private static int Rank(McuStatus mcu) => mcu.Outcome.State switch
    {
        OutcomeState.Failed => 3,
        OutcomeState.Succeeded => 0,
        _ => ProgressFormat.IsTransferring(mcu) ? 2 : 1,
    };

    private static Table Bars(IReadOnlyList<McuStatus> mcus)
    {
        var table = new Table().NoBorder().HideHeaders();
        table.AddColumn("id").AddColumn("phase").AddColumn("bar");
        table.AddColumn(new TableColumn("percent").RightAligned());
        table.AddColumn(new TableColumn("rate").RightAligned());
        table.AddColumn(new TableColumn("left").RightAligned());
        foreach (var mcu in mcus)
        {
            var percent = ProgressFormat.Percent(mcu);
            var moving = ProgressFormat.IsMoving(mcu);
            table.AddRow(
                new Markup(Markup.Escape(mcu.Id)),
                new Markup($"[{Colour(mcu)}]{Markup.Escape(ProgressFormat.Phase(mcu))}[/]"),
                new Markup(Bar(percent, Colour(mcu))),
                new Markup(FormattableString.Invariant($"{percent:0} %")),
                new Markup(moving ? ProgressFormat.Rate(mcu.Twin.BytesPerSecond) : ""),
                new Markup(moving ? ProgressFormat.Left(mcu.Twin.RemainingSeconds) : ""));
        }

        return table;
    }

    private static string Bar(double percent, string colour)
    {
        var full = (int)Math.Round(percent / 100 * BarWidth);
        return $"[{colour}]{new string('━', full)}[/][grey35]{new string('━', BarWidth - full)}[/]";
    }

    private static string Summary(FleetSnapshot fleet, int hidden)
    {
        var done = fleet.Mcus.Count(mcu => mcu.Outcome.State == OutcomeState.Succeeded);
        var failed = fleet.Mcus.Count(mcu => mcu.Outcome.State == OutcomeState.Failed);
        var active = fleet.Mcus.Count(ProgressFormat.IsTransferring);
        var more = hidden > 0 ? $"{hidden} more; " : "";
        var bad = failed > 0 ? $", [red]{failed} failed[/]" : "";
        return $"{more}[green]{done}[/] of {fleet.Mcus.Count} updated, {active} transferring{bad}, {ProgressFormat.Time(fleet.Elapsed)}";
    }

    private static string Colour(McuStatus mcu) => mcu.Outcome.State switch
    {
        OutcomeState.Succeeded => "green",
        OutcomeState.Failed => "red",
        _ => ProgressFormat.IsTransferring(mcu) ? "deepskyblue2" : ProgressFormat.IsDownloading(mcu) ? "yellow" : "grey",
    };
}
