namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>What a <see cref="TwinHub"/> does with a report.</summary>
internal enum ReportOutcome
{
    Taken,
    Throttled,
    TakenThenCut,
    LostThenCut,
    TakenInSilence,
    LostInSilence,
}
