namespace EdgeGateway.Content.Downloads;

/// <summary>Somebody's share in a flight.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Content">What is wanted; null where only its address is known.</param>
/// <param name="Progress">Told the bytes present.</param>
internal sealed record Wish(WishKind Kind, ContentReference? Content = null, IProgress<long>? Progress = null);
