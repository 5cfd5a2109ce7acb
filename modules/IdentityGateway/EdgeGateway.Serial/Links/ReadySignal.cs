using System.Threading.Tasks.Sources;

namespace EdgeGateway.Serial.Links;

/// <summary>Wakes the one operation that waits until a line is readable, or writable.</summary>
/// <remarks>
/// Reused for all waits of a line: no allocation per wait. A signal that comes while there is no waiter is kept for the next wait, so none is lost between a
/// refused system call and the wait.
/// </remarks>
internal sealed class ReadySignal : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private bool _waiting;
    private bool _kept;

    /// <summary>Completes at the next <see cref="Set"/>, which may be spurious: the caller tries again.</summary>
    /// <exception cref="InvalidOperationException">Another operation waits already.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        short version;
        lock (_lock)
        {
            if (_waiting)
            {
                throw new InvalidOperationException("Another read, or another write, of this line is under way; one of each at a time is allowed.");
            }

            if (_kept)
            {
                _kept = false;
                return default;
            }

            _core.Reset();
            _waiting = true;
            version = _core.Version;
        }

        _cancellation = cancellationToken.UnsafeRegister(static (self, token) => ((ReadySignal)self!).Cancel(token), this);
        return new ValueTask(this, version);
    }

    public void Set()
    {
        lock (_lock)
        {
            if (!_waiting)
            {
                _kept = true;
                return;
            }

            _waiting = false;
        }

        _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a cancellation that runs right now, so that it cannot hit the next wait.
        _cancellation.Dispose();
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_waiting)
            {
                return;
            }

            _waiting = false;
        }

        _core.SetException(new OperationCanceledException(cancellationToken));
    }
}
