using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Settings.Rules;
using EdgeGateway.Serial.Links.Posix;

namespace EdgeGateway.Module.Methods.Ports;

/// <summary>Lists the serial devices of this host and the lines that use them, missing ones too.</summary>
internal sealed class ScanPorts(PortScanner scanner, GatewaySettings settings) : DirectMethod<NoArguments>("ScanPorts")
{
    private const int MaxPorts = 200;

    protected override NoArguments Read(MethodArguments arguments) => default;

    protected override ValueTask<MethodResponse> RunAsync(NoArguments arguments, CancellationToken cancellationToken)
    {
        var lines = settings.Lines.Where(l => !l.Port.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
            .ToLookup(l => PortName.Canonical(l.Port), StringComparer.Ordinal);
        var devices = scanner.Scan();
        var known = devices.Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        var others = lines.Where(l => !known.Contains(l.Key)).Select(l => new SerialDevice(l.Key, []));
        var ports = devices.Concat(others).ToList();
        return ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonObject
        {
            ["total"] = ports.Count,
            ["ports"] = new JsonArray([.. ports.OrderByDescending(p => lines.Contains(p.Path)).Take(MaxPorts).Select(p => Show(p, lines[p.Path]))]),
        }));
    }

    private static JsonObject Show(SerialDevice device, IEnumerable<LineSettings> lines)
    {
        var isPresent = File.Exists(device.Path);
        return new JsonObject
        {
            ["path"] = device.Path,
            ["names"] = MethodAnswer.Names(device.Names),
            ["present"] = isPresent,
            ["line"] = lines.FirstOrDefault()?.Port,
            ["mcus"] = MethodAnswer.Names([.. lines.SelectMany(l => l.Mcus).Select(m => m.Id)]),
            ["heldBy"] = isPresent ? PortHolder.Find(device.Path) : null,
        };
    }
}
