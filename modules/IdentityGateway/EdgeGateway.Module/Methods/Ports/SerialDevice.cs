namespace EdgeGateway.Module.Methods.Ports;

/// <summary>A serial device of this host.</summary>
/// <param name="Path">The device file itself, links followed.</param>
/// <param name="Names">Links that lead to it, which stay the same whichever is plugged in first.</param>
internal sealed record SerialDevice(string Path, IReadOnlyList<string> Names);
