using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Ports that cannot be opened; these tests do not open them.</summary>
internal sealed class FakePorts : IMcuPortFactory
{
    public bool Disposed { get; private set; }

    public IMcuPort Create(LineSettings line, McuSettings mcu) => new BrokenPort(line.Port, new LinkException(LinkFailure.Missing, "no such port"));

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
