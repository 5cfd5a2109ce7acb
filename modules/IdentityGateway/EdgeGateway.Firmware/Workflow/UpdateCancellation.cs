namespace EdgeGateway.Firmware.Workflow;

/// <summary>The way to stop an update under way.</summary>
internal sealed class UpdateCancellation : IDisposable
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

/// <summary>Who wants an update to stop.</summary>
internal enum CancelReason
{
    /// <summary>The twin.</summary>
    Ordered,

    /// <summary>A newer order, which takes its place: the service has lost interest in it and hears nothing of its end.</summary>
    Replaced,

    /// <summary>An operator of the gateway, without the twin.</summary>
    Local,
}
