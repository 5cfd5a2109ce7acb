namespace EdgeGateway.Benchmarks.Content;

/// <summary>What is measured.</summary>
/// <param name="Children">Clients at once.</param>
/// <param name="ImageSize">Size of the image, bytes.</param>
/// <param name="LinkBytesPerSecond">Rate of the link to the origin.</param>
/// <param name="Rounds">Rounds, of which the median counts.</param>
/// <param name="HitTime">Time of each run of hits.</param>
/// <param name="Seed">Seed of the files.</param>
internal sealed record ContentPlan(int Children, int ImageSize, double LinkBytesPerSecond, int Rounds, TimeSpan HitTime, int Seed);
