using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Stores;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>A stretch of reports, folded: up to a milestone, or up to now.</summary>
internal sealed class ReportSegment(DateTimeOffset at)
{
    /// <summary>What is to be reported.</summary>
    public PendingReport Content { get; private set; } = new();

    /// <summary>What it ends with; null where more may be folded in.</summary>
    public ReportMilestone? Milestone { get; set; }

    /// <summary>When the oldest of it was reported.</summary>
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>Number of the last report in it.</summary>
    public long Upto { get; set; }

    public static ReportSegment From(KeptSegment kept)
    {
        var segment = new ReportSegment(kept.At) { Milestone = kept.Core is null ? null : new ReportMilestone(kept.Core, kept.Key) };
        segment.Replace(kept.Patches);
        return segment;
    }

    public KeptSegment ToKept() => new([.. Content.Patches], At, Milestone?.Key, Milestone?.Core);

    public void Replace(IEnumerable<JsonObject> patches)
    {
        Content = new PendingReport();
        foreach (var patch in patches)
        {
            Content.Add(patch);
        }
    }

    /// <summary>Puts what was reported earlier before what it has.</summary>
    public void Prepend(IEnumerable<JsonObject> patches, DateTimeOffset at)
    {
        Replace([.. patches, .. Content.Patches]);
        At = at < At ? at : At;
    }
}
