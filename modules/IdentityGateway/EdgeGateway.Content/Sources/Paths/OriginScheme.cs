namespace EdgeGateway.Content.Sources.Paths;

/// <summary>
/// The header by which a child tells that an address it asks for by https is one of http: in the form of Connected Cache the scheme of the
/// request counts else, and a gateway asks its parents by https only.
/// </summary>
public static class OriginScheme
{
    public const string Header = "EdgeGateway-Origin-Scheme";
}
