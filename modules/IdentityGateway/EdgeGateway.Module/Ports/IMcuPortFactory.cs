using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Ports;

/// <summary>Makes the ways to microcontrollers, and closes their lines when it is disposed; tests put their own in its place.</summary>
internal interface IMcuPortFactory : IAsyncDisposable
{
    /// <summary>The way to one microcontroller. Opens nothing.</summary>
    IMcuPort Create(LineSettings line, McuSettings mcu);
}
