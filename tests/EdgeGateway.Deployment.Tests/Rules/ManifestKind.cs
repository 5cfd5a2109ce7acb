namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>What a manifest file is for; each kind has rules of its own.</summary>
public enum ManifestKind
{
    /// <summary>A whole deployment.</summary>
    Full,

    /// <summary>A part that is laid over a whole one: dotted paths only.</summary>
    Layered,
}
