using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Fakes;

/// <summary>Bounds of waits in tests.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TestLimits.Wait;

    /// <summary>Waits until the code under test sleeps on the clock.</summary>
    public static async Task UntilAsleepAsync(this VirtualTime time, int timers)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (time.ArmedTimers < timers)
        {
            if (TimeProvider.System.GetElapsedTime(deadline) > Limit)
            {
                throw new TimeoutException($"{time.ArmedTimers} timers are armed, {timers} were expected");
            }

            await Task.Yield();
        }
    }

    /// <summary>Waits until something has come true.</summary>
    public static async Task UntilAsync(Func<bool> done)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException("It did not come true.");
            }

            await Task.Yield();
        }
    }
}
