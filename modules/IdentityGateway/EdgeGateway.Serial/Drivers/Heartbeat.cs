namespace EdgeGateway.Serial.Drivers;

/// <summary>A sign of life of a microcontroller.</summary>
/// <param name="Uptime">Time since its last reset, in whole seconds.</param>
/// <param name="BootState">How the running image came to run.</param>
/// <param name="BootCount">Resets so far.</param>
public sealed record Heartbeat(TimeSpan Uptime, BootState BootState, long BootCount);
