namespace EdgeGateway.Firmware.Workflow;

/// <summary>The way to stop an update under way.</summary>
internal sealed class CancelOrder : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private volatile CancelReason _reason;

    public CancellationToken Token => _source.Token;

    /// <summary>Why it is to stop.</summary>
    public CancelReason Reason => _reason;

    /// <summary><see cref="Reason"/> in plain words.</summary>
    public string Text => _reason switch
    {
        CancelReason.Local => "cancelled locally",
        CancelReason.Replaced => "cancelled, a newer order takes its place",
        _ => "cancelled on order",
    };

    /// <summary>Stops the update at the next point where that is harmless. The last call says why.</summary>
    public void Give(CancelReason reason)
    {
        _reason = reason;
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
