using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>Waits for events of the hub, at most as long as a test may wait.</summary>
internal static class HubEvents
{
    /// <summary>Waits until a condition on a twin holds: it is tried now and after each change.</summary>
    public static async Task WhenTwinAsync(this HubIdentity identity, Func<HubIdentity, bool> condition)
    {
        var holds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Try()
        {
            if (condition(identity))
            {
                holds.TrySetResult();
            }
        }

        identity.Twin.Changed += Try;
        try
        {
            Try();
            await holds.Task.WaitAsync(TestLimits.Wait);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The twin of {identity.Name} stays {identity.Twin.ForService()}", e);
        }
        finally
        {
            identity.Twin.Changed -= Try;
        }
    }

    /// <summary>Does something and waits until the device has acknowledged a message.</summary>
    public static async Task CompletedAsync(this CloudToDeviceMessages inbox, Action begin)
    {
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        inbox.Completed += _ => completed.TrySetResult();
        begin();
        await completed.Task.WaitAsync(TestLimits.Wait);
    }

    /// <summary>What is kept and what arrives, until it is enough.</summary>
    public static async Task<List<TelemetryMessage>> TakeAsync(this TelemetryLog log, Func<IReadOnlyList<TelemetryMessage>, bool> enough)
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        var taken = new List<TelemetryMessage>();
        await foreach (var message in log.FollowAsync(limit.Token))
        {
            taken.Add(message);
            if (enough(taken))
            {
                break;
            }
        }

        return taken;
    }
}
