using System.Text.Json;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>The instructions of the last stage of a Dockerfile: what the image says of itself.</summary>
internal sealed class Dockerfile(string path)
{
    private readonly IReadOnlyList<string> _lines = [.. Checkout.Read(path).Split('\n')];

    /// <summary>What stands behind the last such instruction.</summary>
    public string this[string instruction] =>
        _lines.Last(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))[(instruction.Length + 1)..].Trim();

    public IReadOnlyList<string> EntryPoint => Words(this["ENTRYPOINT"]);

    /// <summary>The command of the health check.</summary>
    public IReadOnlyList<string> Health => Words(this["HEALTHCHECK"].Split("CMD ")[1]);

    private static List<string> Words(string json) => JsonSerializer.Deserialize<List<string>>(json)!;
}
