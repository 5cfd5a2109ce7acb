using System.Net.Http.Json;
using System.Text.Json;
using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Compose;

/// <summary>Asks the microcontroller simulator for the truth over HTTP.</summary>
public sealed class TruthClient(Uri address) : IMcuTruths, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Speed of the lines, microcontrollers on each, and all ids.</summary>
    public async Task<(int Baud, int McusPerBus, IReadOnlyList<string> Ids)> FleetAsync(CancellationToken cancellation)
    {
        var fleet = await AskAsync(cancellation);
        return (
            fleet.GetProperty("baud").GetInt32(),
            fleet.GetProperty("mcusPerLine").GetInt32(),
            [.. fleet.GetProperty("mcus").EnumerateArray().Select(IdOf)]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, McuTruth>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellation) =>
        (await AskAsync(cancellation)).GetProperty("mcus").EnumerateArray()
            .Where(mcu => ids.Contains(IdOf(mcu)))
            .ToDictionary(IdOf, McuTruth.FromJson);

    public void Dispose() => _http.Dispose();

    private Task<JsonElement> AskAsync(CancellationToken cancellation) => _http.GetFromJsonAsync<JsonElement>("", cancellation);

    private static string IdOf(JsonElement mcu) => mcu.GetProperty("id").GetString()!;
}
