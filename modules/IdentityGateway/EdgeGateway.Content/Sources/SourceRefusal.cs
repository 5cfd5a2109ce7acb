namespace EdgeGateway.Content.Sources;

/// <summary>Why a source serves this gateway nothing at all, whatever it asks for: somebody has to mend it.</summary>
public enum SourceRefusal
{
    /// <summary>It does not refuse, or only the one content.</summary>
    None,

    /// <summary>It does not accept who this gateway is (401, 403), or this gateway cannot prove it.</summary>
    Unauthorized,

    /// <summary>Its certificate is not trusted.</summary>
    Untrusted,

    /// <summary>It would ask this gateway itself (508).</summary>
    Loop,
}
