namespace EdgeGateway.Content.Downloads;

/// <summary>
/// Ends a download whose source sends too little for too long: measures each period anew, so that neither standstill nor a trickle lasts.
/// </summary>
internal sealed class RateGuard : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private readonly long _least;
    private long _received;
    private bool _disposed;

    public RateGuard(TimeProvider time, int minBytesPerSecond, TimeSpan period, CancellationToken cancellationToken)
    {
        _least = Math.Max(1, (long)(minBytesPerSecond * period.TotalSeconds));
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _end.Token;
        _timer = time.CreateTimer(_ => Measure(), null, period, period);
    }

    /// <summary>Cancelled when the source is too slow, or with the caller's.</summary>
    public CancellationToken Token { get; }

    /// <summary>True once a period ended with too little.</summary>
    public bool TooSlow { get; private set; }

    public void Count(int bytes) => Interlocked.Add(ref _received, bytes);

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _end.Dispose();
        }
    }

    private void Measure()
    {
        lock (_lock)
        {
            if (!_disposed && Interlocked.Exchange(ref _received, 0) < _least)
            {
                TooSlow = true;
                _end.Cancel();
            }
        }
    }
}
