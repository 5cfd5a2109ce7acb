using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>Waits for what happens in its own time, with bounded patience.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a condition holds that nothing announces: looks again and again.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(HubEnvironment.Patience);
        while (!condition())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"In vain waited: {what}");
            }

            await Task.Delay(Step, CancellationToken.None);
        }
    }

    public static Task WhenAsync(this HubIdentity identity, Func<HubIdentity, bool> condition) =>
        UntilAsync(() => condition(identity), $"{identity.Name}, twin {identity.Twin.ForService()}");

    public static async Task<TelemetryMessage> NextAsync(this IAsyncEnumerator<TelemetryMessage> messages)
    {
        (await messages.MoveNextAsync()).Should().BeTrue();
        return messages.Current;
    }
}
