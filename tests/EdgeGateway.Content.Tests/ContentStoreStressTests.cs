using EdgeGateway.Content;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Content.Tests;

public sealed class ContentStoreStressTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Users = 16;
    private const int Turns = 40;
    private readonly StoreBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    /// <summary>Many users, a store for half of the contents, a source that breaks off at random, users that lose patience.</summary>
    [Fact]
    public async Task AcquireAsync_ManyAtRandom_EveryByteHandedOutIsRightAndTheBoundHolds()
    {
        var seed = Seed.Take(output);
        var random = new Random(seed);
        var contents = Enumerable.Range(0, 12).Select(i => StoreBed.Bytes(20_000 + random.Next(180_000), seed + i)).ToList();
        var references = contents.Select(c => _bed.Source.Add(c)).ToList();
        _bed.Options.MaxBytes = Math.Max(contents.Sum(c => (long)c.Length) / 2, contents.Max(c => c.Length));
        for (var i = 0; i < 200; i++)
        {
            var (kind, where) = (random.Next(3), random.NextDouble());
            _bed.Source.Script.Enqueue((bytes, from) => kind switch
            {
                0 => _bed.Source.Serve(bytes, from),
                1 => _bed.Source.Serve(bytes, ResumePoint.Start),
                _ => _bed.Source.Part(bytes, from.Offset, (long)(where * bytes.Length), _ => throw new IOException("Connection reset by peer")),
            });
        }

        var got = await Task.WhenAll(Enumerable.Range(0, Users).Select(u => Task.Run(() => UseAsync(contents, references, new Random(seed ^ u)))));

        output.WriteLine($"{got.Sum()} leases, {_bed.Source.Opens.Count} answers, {_bed.Source.Served} bytes");
        got.Sum().Should().BeGreaterThan(Users);
        Directory.EnumerateFiles(_bed.Options.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".resume", StringComparison.Ordinal))
            .Sum(f => new FileInfo(f).Length).Should().BeLessOrEqualTo(_bed.Options.MaxBytes);
        await _bed.UseAsync(references.MaxBy(r => r.Size)!); // nothing is pinned for ever
    }

    private async Task<int> UseAsync(List<byte[]> contents, List<ContentReference> references, Random random)
    {
        var got = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            var which = random.Next(contents.Count);
            using var patience = new CancellationTokenSource();
            if (random.Next(4) == 0)
            {
                patience.CancelAfter(random.Next(5));
            }

            try
            {
                using var lease = await _bed.AcquireAsync(references[which], patience.Token);
                got++;
                for (var i = 0; i < 10; i++)
                {
                    var start = random.Next(contents[which].Length);
                    var buffer = new byte[random.Next(Math.Min(40_000, contents[which].Length - start))];
                    lease.Read(start, buffer);
                    buffer.AsSpan().SequenceEqual(contents[which].AsSpan(start, buffer.Length)).Should().BeTrue();
                    await Task.Yield();
                }
            }
            catch (OperationCanceledException)
            {
                // lost patience
            }
            catch (ContentException e) when (e.Failure is ContentFailure.StoreFull or ContentFailure.Unreachable)
            {
                // others use the space, or the source failed too often
            }
        }

        return got;
    }
}
