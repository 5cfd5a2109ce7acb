using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>
/// Caches beside each other on this machine: the same origin behind the same link, empty caches at each start, runs in turn, so that what else
/// the machine does meets both.
/// </summary>
internal sealed class ContentBenchmark(ContentPlan plan, string originProgram, Action<string> tell)
{
    private const int HitSize = 256 * 1024;
    private const int Kilo = 1000;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<ContentResult>> RunAsync(IReadOnlyList<ICacheContender> contenders, string folder, CancellationToken cancellationToken)
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        using var origin = ServerProcess.Start(originProgram, folder, "--root", files);
        var ready = await origin.ReadLineAsync("READY ", cancellationToken);
        var url = new Uri(JsonDocument.Parse(ready["READY ".Length..]).RootElement.GetProperty("url").GetString()!);
        var end = new IPEndPoint(IPAddress.Loopback, url.Port);
        var random = new Random(plan.Seed);
        var measures = contenders.ToDictionary(c => c, _ => new Measures());
        foreach (var round in Enumerable.Range(1, plan.Rounds))
        {
            foreach (var contender in contenders)
            {
                tell($"{contender.Name}, round {round} of {plan.Rounds} ...");
                var place = Directory.CreateDirectory(Path.Combine(folder, $"{contender.Name}-{round}")).FullName;
                await using var link = new LinkRelay(end, plan.LinkBytesPerSecond);
                using var cache = await contender.StartAsync(place, link.Port, cancellationToken);
                await FetchAsync(cache, files, "warm-up.bin", HitSize, random, cancellationToken);
                await ColdAsync(cache, link, files, $"cold-{round}.bin", measures[contender], random, cancellationToken);
                await HitsAsync(cache, measures[contender], cancellationToken);
            }
        }

        foreach (var contender in contenders)
        {
            tell($"{contender.Name}, memory ...");
            measures[contender].SmallPeak = await PeakAsync(contender, end, folder, files, plan.ImageSize, random, cancellationToken);
            measures[contender].LargePeak = await PeakAsync(contender, end, folder, files, 16 * plan.ImageSize, random, cancellationToken);
        }

        return [.. contenders.Select(c => measures[c].Result(c.Name))];
    }

    private async Task ColdAsync(
        RunningCache cache, LinkRelay link, string files, string name, Measures measures, Random random, CancellationToken cancellationToken)
    {
        var before = link.Bytes;
        var elapsed = await FetchAsync(cache, files, name, plan.ImageSize, random, cancellationToken);
        measures.LastByte.Add(elapsed.TotalSeconds);
        measures.LinkShare.Add((link.Bytes - before) / (double)plan.ImageSize);
    }

    private async Task HitsAsync(RunningCache cache, Measures measures, CancellationToken cancellationToken)
    {
        await WrkRun.StartAsync(cache, "warm-up.bin", plan.Children, WarmUpTime, cancellationToken); // the compiler of .NET has its say here
        var before = cache.Process.CpuSeconds();
        var run = await WrkRun.StartAsync(cache, "warm-up.bin", plan.Children, plan.HitTime, cancellationToken);
        measures.Hits.Add(run.PerSecond);
        measures.CpuPerGigabyte.Add((cache.Process.CpuSeconds() - before) / (run.Requests * (double)HitSize / (Kilo * Kilo * Kilo)));
    }

    /// <summary>Most memory of a fresh cache that brings one image to a few children over a link without limit.</summary>
    private async Task<long> PeakAsync(
        ICacheContender contender, IPEndPoint origin, string folder, string files, int size, Random random, CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, $"{contender.Name}-memory-{size}")).FullName;
        await using var link = new LinkRelay(origin, double.PositiveInfinity);
        using var cache = await contender.StartAsync(place, link.Port, cancellationToken);
        await FetchAsync(cache, files, $"memory-{size}.bin", size, random, cancellationToken, plan.Children / 8);
        return cache.Process.PeakMemory();
    }

    private async Task<TimeSpan> FetchAsync(
        RunningCache cache, string files, string name, int size, Random random, CancellationToken cancellationToken, int? children = null)
    {
        var path = Path.Combine(files, name);
        if (!File.Exists(path))
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            await File.WriteAllBytesAsync(path, bytes, cancellationToken);
        }

        await using var stream = File.OpenRead(path);
        var digest = await SHA256.HashDataAsync(stream, cancellationToken);
        return await Children.FetchAsync(cache, name, children ?? plan.Children, size, digest, cancellationToken);
    }
}
