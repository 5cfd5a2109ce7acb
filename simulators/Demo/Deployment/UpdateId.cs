using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.Demo.Deployment;

/// <summary>Name of an update in Device Update for IoT Hub.</summary>
public sealed record UpdateId(string Provider, string Name, string Version)
{
    public override string ToString() => $"{Provider}/{Name}/{Version}";

    internal JsonObject ToJson() => new() { ["provider"] = Provider, ["name"] = Name, ["version"] = Version };
}
