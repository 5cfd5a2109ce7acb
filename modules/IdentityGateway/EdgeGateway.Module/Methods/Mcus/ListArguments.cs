namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>A page of a list.</summary>
/// <param name="After">Id after which it begins; null for the first page.</param>
/// <param name="Limit">Most entries.</param>
internal sealed record ListArguments(string? After, int Limit);
