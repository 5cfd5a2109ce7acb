namespace EdgeGateway.Benchmarks.Content;

/// <summary>What one cache showed.</summary>
/// <param name="Name">Which.</param>
/// <param name="LinkShare">Bytes up the link over bytes of the image, while all children fetched it from the empty cache; median.</param>
/// <param name="LastByteSeconds">Time until the last child had its last byte; median.</param>
/// <param name="HitsPerSecond">Requests for cached files of 256 KiB per second; median.</param>
/// <param name="CpuSecondsPerGigabyte">Processor time of the cache per gigabyte of those; median.</param>
/// <param name="SmallPeakBytes">Most memory it had, fetching and serving the image.</param>
/// <param name="LargePeakBytes">Most memory it had, fetching and serving one sixteen times as large.</param>
internal sealed record ContentResult(
    string Name,
    double LinkShare,
    double LastByteSeconds,
    double HitsPerSecond,
    double CpuSecondsPerGigabyte,
    long SmallPeakBytes,
    long LargePeakBytes);
