using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content.Downloads;

/// <summary>What a flight is to bring.</summary>
/// <param name="Name">Digest of the content, or of the address where only that is known.</param>
/// <param name="Content">The content; null where only its address is known.</param>
/// <param name="Address">Where only this is known.</param>
/// <param name="AddressKey">Name of the address, or of the content's origin; null if it has none.</param>
internal sealed record FlightPlan(Sha256Digest Name, ContentReference? Content, Uri? Address, Sha256Digest? AddressKey)
{
    /// <summary>Nothing is fetched: what is present is checked.</summary>
    public bool OnlyCheck { get; init; }

    /// <summary>Fetched ahead, for nobody yet.</summary>
    public bool Ahead { get; init; }

    /// <summary>For texts.</summary>
    public string Describe() => Content is { } content ? $"the {content.Size} bytes of content {content.Digest}" : $"the content of {OriginRules.Name(Address!)}";
}
