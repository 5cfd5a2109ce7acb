namespace EdgeGateway.Benchmarks.Content;

/// <summary>A cache that runs.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Port">Where it answers plain HTTP.</param>
/// <param name="Query">What it wants behind the path of a file.</param>
internal sealed record RunningCache(ServerProcess Process, int Port, string Query) : IDisposable
{
    /// <summary>Path and query of a file.</summary>
    public string Target(string file) => $"/{file}{Query}";

    public void Dispose() => Process.Dispose();
}
