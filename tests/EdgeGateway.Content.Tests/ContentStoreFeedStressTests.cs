using System.Collections.Concurrent;
using EdgeGateway.Content;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Content.Tests;

/// <summary>Readers by digest and by address, updates, holds, damage on disk and restarts, at random and all at once.</summary>
public sealed class ContentStoreFeedStressTests(ITestOutputHelper output)
{
    private const int Users = 8;
    private const int Turns = 25;
    private const int Restarts = 3;

    [Fact]
    public async Task Store_EverythingAtRandom_WhoGetsToTheEndHasTheRightBytes()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        var source = new UnreliableSource(seed);
        await using var bed = new StoreBed(source);
        using var metrics = new MetricSums(bed.Meters, ContentMetrics.MeterName);
        var contents = Enumerable.Range(0, 8).Select(i => StoreBed.Bytes(1 + random.Next(200_000), seed + i)).ToList();
        var references = contents.Select((c, i) => source.Add(c, i)).ToList();
        bed.Options.MaxBytes = Math.Max(contents.Sum(c => (long)c.Length) * 3 / 4, contents.Max(c => c.Length));
        bed.Options.MaxHeldBytes = bed.Options.MaxBytes / 3;
        var done = 0;
        var failed = new ConcurrentDictionary<string, int>();

        for (var run = 0; run < Restarts; run++)
        {
            var users = Enumerable.Range(0, Users).Select(u => Task.Run(async () =>
            {
                var own = new Random(HashCode.Combine(seed, run, u));
                for (var turn = 0; turn < Turns; turn++)
                {
                    var which = own.Next(contents.Count);
                    try
                    {
                        await TurnAsync(bed, own, references[which], contents[which], mayDamage: which % 2 == 0);
                        Interlocked.Increment(ref done);
                    }
                    catch (Exception e) when (e is ContentException or OperationCanceledException)
                    {
                        failed.AddOrUpdate(e is ContentException c ? c.Failure.ToString() : "Cancelled", 1, (_, n) => n + 1);
                    }
                }
            }));
            await Task.WhenAll(users);
            bed.Time.Advance(TimeSpan.FromHours(1));
            await bed.RestartAsync();
        }

        output.WriteLine($"{done} done, {source.Answers} answers, failed: {string.Join(", ", failed)}");
        done.Should().BeGreaterThan(Users * Turns);
        metrics["edgegateway.content.readers"].Should().Be(0);
        Directory.EnumerateFiles(bed.Options.Folder, "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("sha256") || (f.Contains("partial") && !f.EndsWith(".resume", StringComparison.Ordinal)))
            .Sum(f => new FileInfo(f).Length).Should().BeLessOrEqualTo(bed.Options.MaxBytes);
        bed.Options.MaxBytes = contents.Max(c => c.Length);
        bed.Options.Retries = 100;
        await UntilThereAsync(bed, references.MaxBy(r => r.Size)!);
    }

    private static async Task TurnAsync(StoreBed bed, Random random, ContentReference content, byte[] bytes, bool mayDamage)
    {
        using var patience = new CancellationTokenSource();
        if (random.Next(6) == 0)
        {
            patience.CancelAfter(random.Next(4));
        }

        switch (random.Next(12))
        {
            case 0:
                await bed.Store.RetainAsync(content, bed.Time.GetUtcNow() + TimeSpan.FromMinutes(random.Next(90)), null, patience.Token);
                break;
            case 1 when mayDamage:
                Damage(bed.Folder.FileOf(content.Digest), random);
                break;
            case 2 or 3:
                using (var lease = await bed.AcquireAsync(content, patience.Token))
                {
                    StoreBed.ReadAll(lease).AsSpan().SequenceEqual(bytes).Should().BeTrue();
                }

                break;
            case 4 when await bed.Store.TryOpenAsync(content.Digest, patience.Token) is { } present:
                await ReadAsync(present, bytes, random, mayDamage, patience.Token);
                break;
            case 5 or 6 or 7:
                await ReadAsync(await bed.OpenAsync(content.Origin!, patience.Token), bytes, random, mayDamage, patience.Token);
                break;
            default:
                await ReadAsync(await bed.OpenAsync(content, patience.Token), bytes, random, mayDamage, patience.Token);
                break;
        }
    }

    /// <summary>Reads from somewhere to the end, or vanishes on the way. What is damaged between disk and reader while it arrives is the receiver's to find.</summary>
    private static async Task ReadAsync(IContentReader reader, byte[] bytes, Random random, bool mayDamage, CancellationToken cancellationToken)
    {
        using var end = reader;
        var strict = !mayDamage || reader.IsComplete;
        reader.Size.Should().Be(bytes.Length);
        var start = random.Next(3) == 0 ? random.Next(bytes.Length) : 0;
        var leaves = random.Next(5) == 0 ? random.Next(bytes.Length) : long.MaxValue;
        var got = new MemoryStream();
        var buffer = new byte[1 + random.Next(30_000)];
        while (start + got.Length < bytes.Length)
        {
            var count = await reader.ReadAsync(start + got.Length, buffer, cancellationToken).AsTask().WaitAsync(StoreBed.Patience, CancellationToken.None);
            count.Should().BePositive();
            got.Write(buffer, 0, count);
            if (got.Length > leaves)
            {
                return;
            }
        }

        (!strict || got.ToArray().AsSpan().SequenceEqual(bytes.AsSpan(start))).Should().BeTrue("who gets to the end has the right bytes");
    }

    private static void Damage(string path, Random random)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
            switch (random.Next(3))
            {
                case 0:
                    file.SetLength(random.NextInt64(file.Length));
                    break;
                case 1:
                    file.SetLength(file.Length + 1);
                    break;
                default:
                    file.Position = random.NextInt64(file.Length);
                    var old = file.ReadByte();
                    file.Position--;
                    file.WriteByte((byte)(old ^ 1));
                    break;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentOutOfRangeException)
        {
            // nothing there to damage
        }
    }

    private static async Task UntilThereAsync(StoreBed bed, ContentReference content)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await bed.UseAsync(content); // nothing is pinned for ever
                return;
            }
            catch (ContentException e) when (e.Failure == ContentFailure.WrongDigest && i < 20)
            {
                // a row of lies
            }
        }
    }
}
