namespace EdgeGateway.Module.Health;

/// <summary>Life of a module that waits: a restart would mend nothing.</summary>
internal sealed class WaitingLiveness : ILiveness
{
    public CheckResult Check() => new("loops", CheckStatus.Ok, "waits for its settings to be mended, /readyz says which");
}
