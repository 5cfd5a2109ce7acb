namespace EdgeGateway.Module.Health;

/// <summary>Knows whether the process is alive; what is mended by anything less than a restart is not its business.</summary>
internal interface ILiveness
{
    CheckResult Check();
}
