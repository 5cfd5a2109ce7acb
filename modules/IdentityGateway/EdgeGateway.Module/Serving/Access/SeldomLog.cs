namespace EdgeGateway.Module.Serving.Access;

/// <summary>Limits log entries that unauthenticated clients can cause: one a minute for each kind, with the number of suppressed ones.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SeldomLog<TKind>(TimeProvider time)
    where TKind : notnull
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKind, (long Told, int LeftOut)> _last = [];

    /// <summary>Asks whether to log now.</summary>
    /// <param name="kind">What.</param>
    /// <param name="leftOut">How many of it were left out since the last one.</param>
    public bool Take(TKind kind, out int leftOut)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(kind, out var last) && time.GetElapsedTime(last.Told) < Pause)
            {
                _last[kind] = (last.Told, last.LeftOut + 1);
                leftOut = 0;
                return false;
            }

            _last[kind] = (time.GetTimestamp(), 0);
            leftOut = last.LeftOut;
            return true;
        }
    }
}
