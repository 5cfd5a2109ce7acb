namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Where the gateway above serves content.</summary>
/// <param name="HostName">Its name, as in its certificate.</param>
/// <param name="Port">Its port.</param>
/// <param name="AuthorityFile">Whom to trust.</param>
public sealed record ParentAddress(string HostName, int Port, string AuthorityFile);
