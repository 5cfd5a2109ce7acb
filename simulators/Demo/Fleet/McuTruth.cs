using System.Text.Json;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>What a microcontroller really runs: what the simulator itself says, past the gateway and the hub.</summary>
/// <param name="Version">Version of the running image.</param>
/// <param name="Digest">SHA-256 of the running image, lower-case hex.</param>
/// <param name="BootState">"confirmed" once the image is permanent.</param>
public sealed record McuTruth(string Version, string Digest, string BootState)
{
    /// <summary>Reads the simulator's document about one microcontroller.</summary>
    /// <exception cref="KeyNotFoundException">A part is missing.</exception>
    /// <exception cref="InvalidOperationException">It is no object, or a part no text.</exception>
    public static McuTruth FromJson(JsonElement state) => new(
        state.GetProperty("runningVersion").GetString() ?? "",
        (state.GetProperty("runningDigest").GetString() ?? "").ToLowerInvariant(),
        state.GetProperty("bootState").GetString() ?? "");

    public bool IsConfirmed => string.Equals(BootState, "confirmed", StringComparison.OrdinalIgnoreCase);
}
