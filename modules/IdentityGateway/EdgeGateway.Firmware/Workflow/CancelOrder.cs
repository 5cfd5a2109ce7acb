namespace EdgeGateway.Firmware.Workflow;

/// <summary>The way to stop an update under way.</summary>
internal sealed class CancelOrder : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private volatile bool _isReplacement;

    public CancellationToken Token => _source.Token;

    /// <summary>
    /// True where the update makes way for a newer order: the service has lost interest in it and hears nothing of its end.
    /// </summary>
    public bool IsReplacement => _isReplacement;

    /// <summary>Stops the update at the next point where that is harmless. The last call says why.</summary>
    public void Give(bool isReplacement)
    {
        _isReplacement = isReplacement;
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
