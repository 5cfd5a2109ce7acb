using Spectre.Console;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>Our protocol beside lrzsz on the same paced lines with the same file, side by side.</summary>
internal sealed class SerialBenchmark(string file, int seed, int[] bauds, double[] turnarounds, double[] bitErrorRates)
{
    private const int Tries = 3;

    private readonly ISerialContender[] _contenders =
        [new BestOf(new EgpContender(), Tries), new BestOf(LrzszContender.Zmodem, Tries), new BestOf(LrzszContender.Xmodem1K, Tries)];

    /// <summary>Runs every line; the contenders of a line at the same time, slow lines several at once.</summary>
    public async Task<List<SerialResult>> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<SerialResult>();
        foreach (var baud in bauds)
        {
            foreach (var ber in bitErrorRates)
            {
                var lines = turnarounds.Select(turnaround => new SerialCase(baud, turnaround, ber)).ToList();
                var together = lines[0].IsSlow ? lines.Count : 1;
                foreach (var group in lines.Chunk(together))
                {
                    var delays = string.Join(", ", group.Select(line => line.TurnaroundMilliseconds));
                    AnsiConsole.MarkupLineInterpolated($"[grey]{baud} baud, bit error rate {ber:0.#######}, turnaround {delays} ms ...[/]");
                    var runs = group.SelectMany(line => _contenders.Select(c => c.RunAsync(line, file, seed, cancellationToken)));
                    results.AddRange(await Task.WhenAll(runs));
                }
            }
        }

        return results;
    }
}
