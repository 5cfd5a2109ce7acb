namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>
/// Spaces the connects of all identities evenly, so that thousands of them do not storm the hub after an outage. IoT Hub throttles new connections.
/// </summary>
/// <remarks>Thread-safe. Uses the monotonic clock: setting the clock back must not delay connections.</remarks>
public sealed class ConnectGate(double connectsPerSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _spacing = TimeSpan.FromSeconds(1 / connectsPerSecond);
    private TimeSpan _next = TimeSpan.Zero;

    /// <summary>Waits for a turn. A turn whose wait is cancelled is lost, which only leaves a gap.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            var turn = _next > now ? _next : now;
            _next = turn + _spacing;
            wait = turn - now;
        }

        return wait == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }
}
