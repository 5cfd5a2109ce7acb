namespace EdgeGateway.Module.Health;

/// <summary>What a check found.</summary>
/// <param name="Name">Name of the check; never changes.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Message">The same in plain words. Never a secret.</param>
internal sealed record CheckResult(string Name, CheckStatus Status, string Message);
