namespace EdgeGateway.Containers;

/// <summary>Polls, because the engine and the hub's REST API do not notify of changes.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait where nothing else is said, for a machine with much else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <exception cref="TimeoutException">It did not come in time; the message has what was seen last.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> wanted, string what, TimeSpan? limit = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (true)
        {
            var seen = await look();
            if (wanted(seen))
            {
                return seen;
            }

            if (TimeProvider.System.GetElapsedTime(start) > (limit ?? Patience))
            {
                throw new TimeoutException($"in vain for {(limit ?? Patience).TotalSeconds:0} s: {what}; last seen: {seen}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
