namespace EdgeGateway.Module.Health;

/// <summary>One thing that must be right for the gateway to do its work.</summary>
internal interface IReadinessCheck
{
    /// <summary>Looks now; quick, and never throws for what is wrong.</summary>
    CheckResult Check();
}

/// <summary>What a check found.</summary>
/// <param name="Name">Name of the check; never changes.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Message">The same in plain words. Never a secret.</param>
internal sealed record CheckResult(string Name, CheckStatus Status, string Message);

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
