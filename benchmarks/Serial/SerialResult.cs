namespace EdgeGateway.Benchmarks.Serial;

/// <summary>How one contender did on one line.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Case">The line.</param>
/// <param name="Seconds">From its first byte on the line to its last; null where it failed.</param>
/// <param name="Efficiency">File bytes per second over bytes per second of the line; 0 where it failed.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record SerialResult(string Contender, SerialCase Case, double? Seconds, double Efficiency, string? Failure)
{
    public static SerialResult Done(string contender, SerialCase line, long bytes, TimeSpan time) =>
        new(contender, line, time.TotalSeconds, bytes / time.TotalSeconds / line.BytesPerSecond, null);

    public static SerialResult Failed(string contender, SerialCase line, string why) => new(contender, line, null, 0, why);
}
