namespace EdgeGateway.Benchmarks.Content;

/// <summary>A cache that is measured.</summary>
internal interface ICacheContender
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <summary>Starts it with an empty cache.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="originPort">Port of this machine where its origin is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RunningCache> StartAsync(string folder, int originPort, CancellationToken cancellationToken);
}
