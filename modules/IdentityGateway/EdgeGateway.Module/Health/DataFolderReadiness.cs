using EdgeGateway.Module.Hosting;

namespace EdgeGateway.Module.Health;

/// <summary>Check <c>dataFolder</c>: journals can be written.</summary>
internal sealed class DataFolderReadiness(string folder) : IReadinessCheck
{
    public const string Name = "dataFolder";

    public CheckResult Check() => DataFolderCheck.Find(folder) is { } mistake
        ? new CheckResult(Name, CheckStatus.Failed, mistake.ToString())
        : new CheckResult(Name, CheckStatus.Ok, $"{folder} can be written");
}
