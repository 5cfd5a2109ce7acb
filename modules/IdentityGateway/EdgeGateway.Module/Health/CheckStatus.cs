namespace EdgeGateway.Module.Health;

/// <summary>How a check stands.</summary>
internal enum CheckStatus
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>Nothing is known yet: it is being tried for the first time.</summary>
    Pending,

    /// <summary>Something is wrong, and the message says what.</summary>
    Failed,
}
