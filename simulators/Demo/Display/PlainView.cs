using System.Globalization;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>
/// One line for each change of phase and each tenth of a transfer; for a large fleet, one line for each change of the counts.
/// For logs, pipes and screen readers.
/// </summary>
public sealed class PlainView(TextWriter output) : IProgressView, IProgressSink
{
    /// <summary>Largest fleet whose microcontrollers get lines of their own.</summary>
    public const int SingleLines = 16;

    private readonly Dictionary<string, (string Phase, int Tenth)> _shown = [];
    private string _summary = "";
    private string _links = "";

    public Task<T> ShowAsync<T>(Func<IProgressSink, Task<T>> work) => work(this);

    public void Note(string text) => output.WriteLine(text);

    public void Update(FleetSnapshot fleet)
    {
        ShowLinks(fleet);
        if (fleet.Mcus.Count <= SingleLines)
        {
            foreach (var mcu in fleet.Mcus)
            {
                ShowOne(mcu, fleet.Elapsed);
            }
        }
        else
        {
            ShowSummary(fleet);
        }
    }

    private void ShowLinks(FleetSnapshot fleet)
    {
        var links = fleet.Links.Count == 0 ? "" : ProgressFormat.Links(fleet.Links);
        if (links != _links)
        {
            _links = links;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fleet.Elapsed.TotalSeconds,7:0.0} s  {links}"));
        }
    }

    private void ShowOne(McuStatus mcu, TimeSpan elapsed)
    {
        var moving = ProgressFormat.IsMoving(mcu);
        var now = (ProgressFormat.Phase(mcu), moving ? (int)(ProgressFormat.Percent(mcu) / 10) : 0);
        var known = _shown.TryGetValue(mcu.Id, out var before);
        if (mcu.Twin.Phase is null || (known ? before == now : now.Item1 == "Idle"))
        {
            return;
        }

        _shown[mcu.Id] = now;
        var details = moving ? Transfer(mcu) : Reason(mcu);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,7:0.0} s  {mcu.Id}  {now.Item1}{details}"));
    }

    private static string Transfer(McuStatus mcu)
    {
        var rate = mcu.Twin.BytesPerSecond is { } speed ? $", {ProgressFormat.Rate(speed)}" : "";
        var left = mcu.Twin.RemainingSeconds is { } seconds ? $", {ProgressFormat.Left(seconds)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $" {ProgressFormat.Percent(mcu):0} %{rate}{left}");
    }

    private static string Reason(McuStatus mcu) =>
        mcu.Twin.ErrorReason is { } reason && mcu.Outcome.State != OutcomeState.Succeeded ? $" ({reason}: {mcu.Twin.ErrorText})" : "";

    private void ShowSummary(FleetSnapshot fleet)
    {
        var percent = fleet.Mcus.Average(ProgressFormat.TransferPercent);
        var tenth = (int)(percent / 10) * 10;
        var failed = fleet.Mcus.Count(mcu => mcu.Outcome.State == OutcomeState.Failed);
        var done = fleet.Mcus.Count(mcu => mcu.Outcome.State == OutcomeState.Succeeded);
        var summary = $"{tenth} % of the fleet's bytes; {Tenths(done, fleet.Mcus.Count)} of {fleet.Mcus.Count} updated, {failed} failed";
        if (summary == _summary)
        {
            return;
        }

        _summary = summary;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fleet.Elapsed.TotalSeconds,7:0.0} s  {summary}"));
    }

    // rounded down to tenths of the fleet, so that hundreds of microcontrollers do not make hundreds of lines; the end is exact
    private static int Tenths(int done, int all) => done == all ? all : done / Math.Max(1, all / 10) * Math.Max(1, all / 10);
}
