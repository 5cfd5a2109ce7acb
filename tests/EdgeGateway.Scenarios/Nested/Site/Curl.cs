using System.Diagnostics;
using EdgeGateway.Scenarios.Nested.Networks;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>Runs curl in the network of a layer: a foreign client.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">What the server said of the body, by lower-case name.</param>
/// <param name="Body">The body.</param>
internal sealed record Curl(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Curl> RunAsync(NetworkNamespace network, params string[] arguments)
    {
        string[] command = [.. network.Exec, "curl", "--silent", "--show-error", "--include", "--max-time", "50", .. arguments];
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardOutput.BaseStream.CopyToAsync(output, patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode == 0
            ? Parse(output.ToArray())
            : throw new InvalidOperationException($"curl ended with {process.ExitCode}: {await errors}");
    }

    // status line and headers, an empty line, the body
    private static Curl Parse(byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = System.Text.Encoding.ASCII.GetString(answer, 0, end).Split("\r\n");
        return new Curl(
            int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]),
            answer[(end + 4)..]);
    }
}
