namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Timers count whole milliseconds and cut off the rest: a loop that waits for the last fraction would spin.</summary>
internal static class Timers
{
    /// <summary>The next whole millisecond; nothing and infinity stay what they are.</summary>
    public static TimeSpan RoundUp(TimeSpan wait) =>
        wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : wait;
}
