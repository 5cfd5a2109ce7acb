namespace EdgeGateway.Testing;

/// <summary>
/// Waits for a condition in real time. The pause between two looks decides only how soon a test goes on, never its result; where the product raises an
/// event, wait for the event with <see cref="TestLimits.Wait"/> instead.
/// </summary>
public static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the condition is true.</summary>
    /// <param name="condition">The condition; it must have no side effect.</param>
    /// <param name="what">The awaited state, for the message of a failure.</param>
    /// <param name="limit">The longest wait; <see cref="TestLimits.Wait"/> by default.</param>
    /// <exception cref="TimeoutException">The condition stayed false for the whole limit.</exception>
    public static Task UntilAsync(Func<bool> condition, string? what = null, TimeSpan? limit = null) =>
        UntilAsync(() => Task.FromResult(condition()), met => met, what, limit);

    /// <summary>Looks until the result is the wanted one.</summary>
    /// <param name="look">Reads the present state.</param>
    /// <param name="wanted">Decides whether the state is the awaited one.</param>
    /// <param name="what">The awaited state, for the message of a failure.</param>
    /// <param name="limit">The longest wait; <see cref="TestLimits.Wait"/> by default.</param>
    /// <returns>The state that was wanted.</returns>
    /// <exception cref="TimeoutException">The state did not come within the limit; the message has the state that was seen last.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> wanted, string? what = null, TimeSpan? limit = null)
    {
        var longest = limit ?? TestLimits.Wait;
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // the time is read first: a thread that is delayed between look and clock has still looked once after the limit
            var isLate = TimeProvider.System.GetElapsedTime(start) > longest;
            var seen = await look();
            if (wanted(seen))
            {
                return seen;
            }

            if (isLate)
            {
                throw new TimeoutException($"Waited {longest.TotalSeconds:0} s in vain for {what ?? "a condition"}. Last seen: {seen}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
