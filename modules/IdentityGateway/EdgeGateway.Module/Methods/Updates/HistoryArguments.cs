namespace EdgeGateway.Module.Methods.Updates;

/// <summary>Whose past, and how much of it.</summary>
internal sealed record HistoryArguments(string Id, int Limit);
