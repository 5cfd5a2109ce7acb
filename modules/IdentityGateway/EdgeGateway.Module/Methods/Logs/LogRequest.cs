namespace EdgeGateway.Module.Methods.Logs;

/// <summary>A call of GetLogs.</summary>
/// <param name="Items">What is wanted.</param>
/// <param name="IsGzip">Compressed.</param>
/// <param name="IsJson">As objects, not as lines.</param>
internal sealed record LogRequest(IReadOnlyList<LogItem> Items, bool IsGzip, bool IsJson);
