using System.Text.Json;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>Tells the truth about a microcontroller in a file, replaced in one step, for those who check what twins claim.</summary>
internal sealed class StateFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "state.json");

    public void Write(McuSnapshot snapshot)
    {
        var next = _path + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(StateDocument.Of(snapshot), StateDocument.Json));
        File.Move(next, _path, overwrite: true);
    }
}
