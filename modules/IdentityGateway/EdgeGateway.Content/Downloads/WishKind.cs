namespace EdgeGateway.Content.Downloads;

/// <summary>What somebody wants content for.</summary>
internal enum WishKind
{
    /// <summary>An update of a microcontroller.</summary>
    Update,

    /// <summary>A reader beside or below this gateway.</summary>
    Feed,

    /// <summary>To have it ready for later.</summary>
    Hold,

    /// <summary>To know that it is still what it was.</summary>
    Check,
}
