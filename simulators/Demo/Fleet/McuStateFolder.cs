using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>The folder the microcontroller simulator keeps its state in.</summary>
public sealed class McuStateFolder(string path) : IMcuTruths
{
    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, McuTruth>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, McuTruth>>(
            ids.Select(id => (Id: id, Truth: Read(id))).Where(mcu => mcu.Truth is not null).ToDictionary(mcu => mcu.Id, mcu => mcu.Truth!));

    /// <summary>The truth of one microcontroller; null while its state is not on disk.</summary>
    /// <exception cref="InvalidDataException">The file is there and is not what was agreed.</exception>
    public McuTruth? Read(string mcuId)
    {
        var file = Path.Combine(path, mcuId, "state.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var state = JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file));
            return McuTruth.FromJson(state);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file} is not a microcontroller's state: {e.Message}", e);
        }
    }
}
