using System.Diagnostics;
using System.Globalization;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tests.Serving.Fakes;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Serving;

/// <summary>docs/content.md: its examples do what it says, and it names every reason.</summary>
public sealed class ContentDocumentTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, (3 << 20) + 777).Select(i => (byte)(i * 11 / 5))];

    [CurlFact]
    public async Task Examples_WithCurl_GetTheContent()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("content"), Bytes);
        using var file = File.OpenHandle(folder.File("content"));
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes) { File = file });
        bench.Feed.Add(new Uri("http://origin.example/inst/mcu.bin"), content);

        await RunAsync(folder.Path, new()
        {
            ["GATEWAY"] = bench.Https.Authority,
            ["CACHE"] = bench.Http.Authority,
            ["CA"] = bench.File_("trust.pem"),
            ["TOKEN"] = EndpointBench.Token(),
            ["DIGEST"] = content.Digest.ToString(),
            ["SIZE"] = Bytes.Length.ToString(CultureInfo.InvariantCulture),
            ["FILE"] = "inst/mcu.bin",
            ["ORIGIN"] = "origin.example",
            ["NO_PROXY"] = "*",
        });

        (await File.ReadAllBytesAsync(folder.File("whole.bin"))).Should().Equal(Bytes);
        (await File.ReadAllBytesAsync(folder.File("part.bin"))).Should().Equal(Bytes[1000..2000]);
        (await File.ReadAllBytesAsync(folder.File("end.bin"))).Should().Equal(Bytes[^500..]);
        (await File.ReadAllBytesAsync(folder.File("ranges.bin"))).Should().Equal(Bytes);
        (await File.ReadAllTextAsync(folder.File("headers.txt"))).Should().Contain(content.Digest.ToString()).And.Contain($"Content-Length: {Bytes.Length}");
    }

    [Fact]
    public void Reasons_All_AreExplained()
    {
        var rows = File.ReadLines(RepositoryFile.Find("docs/content.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('`')[1]);

        rows.Should().Contain(Enum.GetNames<AccessDenial>());
    }

    private static async Task RunAsync(string folder, Dictionary<string, string> variables)
    {
        var blocks = (await File.ReadAllTextAsync(RepositoryFile.Find("docs/content.md"))).Split("```sh\n")[1..].Select(b => b.Split("```")[0]).ToList();
        blocks.Should().HaveCountGreaterThan(1);
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", string.Concat(blocks)]) { WorkingDirectory = folder, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience.Limit);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.Should().Be(0, await errors);
    }
}
