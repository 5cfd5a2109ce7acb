namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>All that an identity has still to report, on disk.</summary>
/// <param name="Schema">Form of the file.</param>
/// <param name="Segments">What the hub has not acknowledged, in order.</param>
/// <param name="Known">Keys of the last milestones, delivered or not: none of them is reported twice.</param>
internal sealed record KeptReports(int Schema, IReadOnlyList<KeptSegment> Segments, IReadOnlyList<string> Known)
{
    public const int CurrentSchema = 1;
}
