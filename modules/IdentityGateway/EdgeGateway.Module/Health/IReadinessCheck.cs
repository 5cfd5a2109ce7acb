namespace EdgeGateway.Module.Health;

/// <summary>One thing that must be right for the gateway to do its work.</summary>
internal interface IReadinessCheck
{
    /// <summary>Looks now; quick, and never throws for what is wrong.</summary>
    CheckResult Check();
}
