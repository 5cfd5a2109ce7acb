namespace EdgeGateway.Hub.Identity;

/// <summary>Outcome of checking a SAS token.</summary>
public enum SharedAccessSignatureCheck
{
    Valid,

    /// <summary>Made with another key, or changed afterwards.</summary>
    WrongSignature,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It opens something else.</summary>
    WrongResource,
}
