namespace EdgeGateway.Benchmarks.Serial;

/// <summary>A protocol that carries a file over a line.</summary>
internal interface ISerialContender
{
    string Name { get; }

    /// <summary>Sends the file once over a line of its own and checks that it arrived.</summary>
    Task<SerialResult> RunAsync(SerialCase line, string file, int seed, CancellationToken cancellationToken);
}
