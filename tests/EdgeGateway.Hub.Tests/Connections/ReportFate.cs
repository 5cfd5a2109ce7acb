namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>What a <see cref="TwinHub"/> does with a report.</summary>
internal enum ReportFate
{
    Taken,
    Throttled,
    TakenThenCut,
    LostThenCut,
    TakenInSilence,
    LostInSilence,
}
