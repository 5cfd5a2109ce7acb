namespace EdgeGateway.Benchmarks.Serial;

/// <summary>
/// Lets a contender try several times and counts its best, so that a busy machine does not distort the result, and because programs that start at their
/// own pace sometimes miss the other's first word and wait ten seconds for the next.
/// </summary>
internal sealed class BestOf(ISerialContender contender, int tries) : ISerialContender
{
    public string Name => contender.Name;

    public async Task<SerialResult> RunAsync(SerialCase line, string file, int seed, CancellationToken cancellationToken)
    {
        var results = new List<SerialResult>();
        if (line.IsSlow)
        {
            var runs = Enumerable.Range(0, tries).Select(i => contender.RunAsync(line, file, seed + i, cancellationToken));
            results.AddRange(await Task.WhenAll(runs));
        }
        else
        {
            for (var i = 0; i < tries; i++)
            {
                results.Add(await contender.RunAsync(line, file, seed + i, cancellationToken));
            }
        }

        return results.MaxBy(result => result.Efficiency)!;
    }
}
