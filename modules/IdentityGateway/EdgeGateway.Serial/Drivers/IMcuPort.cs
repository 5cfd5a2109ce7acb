using EdgeGateway.Serial.Links;

namespace EdgeGateway.Serial.Drivers;

/// <summary>The way to one microcontroller: its line and its address on it.</summary>
public interface IMcuPort
{
    /// <summary>The line as configured, for logs and messages.</summary>
    string LineName { get; }

    /// <summary>Waits until the bus is free, opens the line if need be, and returns the driver that holds the bus until it is disposed.</summary>
    /// <exception cref="LinkException">The line cannot be opened; the bus is free again.</exception>
    Task<IMcuDriver> ConnectAsync(CancellationToken cancellationToken);
}
