namespace EdgeGateway.Benchmarks.Content;

/// <summary>What was measured of one cache, round by round.</summary>
internal sealed class Measures
{
    public List<double> LinkShare { get; } = [];

    public List<double> LastByte { get; } = [];

    public List<double> Hits { get; } = [];

    public List<double> CpuPerGigabyte { get; } = [];

    public long SmallPeak { get; set; }

    public long LargePeak { get; set; }

    public ContentResult Result(string name) =>
        new(name, Median(LinkShare), Median(LastByte), Median(Hits), Median(CpuPerGigabyte), SmallPeak, LargePeak);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
