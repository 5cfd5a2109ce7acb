using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Firmware.Workflow.Progress;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Takes the bus, asks the microcontroller who it is, and keeps its link state up to date.</summary>
internal sealed class McuFinder(IMcuPort port, StatusTracker tracker)
{
    /// <summary>The line, for logs.</summary>
    public string LineName => port.LineName;

    /// <summary>Connects and identifies. The driver, which holds the bus, belongs to the caller.</summary>
    /// <exception cref="LinkException">The line cannot be used; the bus is free.</exception>
    /// <exception cref="McuException">It is silent, or not what is expected; the bus is free.</exception>
    public async Task<(IMcuDriver Driver, McuFacts Facts)> FindAsync(CancellationToken cancellationToken)
    {
        IMcuDriver? driver = null;
        try
        {
            driver = await port.ConnectAsync(cancellationToken);
            var found = (driver, await IdentifyAsync(driver, cancellationToken));
            driver = null;
            return found;
        }
        catch (Exception e) when (e is LinkException or McuException)
        {
            tracker.Offline(FailureMap.From(e, UpdatePhase.WaitingForLine));
            throw;
        }
        finally
        {
            if (driver is not null)
            {
                await driver.DisposeAsync();
            }
        }
    }

    /// <summary>Connects for one command, independent of the state of the link.</summary>
    /// <exception cref="LinkException">The line cannot be used.</exception>
    /// <exception cref="McuException">It is silent or refuses.</exception>
    public async Task<T> UseAsync<T>(Func<IMcuDriver, Task<T>> order, CancellationToken cancellationToken)
    {
        await using var driver = await port.ConnectAsync(cancellationToken);
        return await order(driver);
    }

    /// <summary>Identifies over a driver that is at hand.</summary>
    public async Task<McuFacts> IdentifyAsync(IMcuDriver driver, CancellationToken cancellationToken)
    {
        var facts = await driver.IdentifyAsync(cancellationToken);
        tracker.Identified(facts);
        return facts;
    }

    /// <summary>
    /// Looks whether it is still there and still the one known: a sign of life, and its facts again where it was absent or has restarted
    /// since.
    /// </summary>
    /// <param name="known">The last sign of life; null at first.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="LinkException">The line cannot be used.</exception>
    /// <exception cref="McuException">It is silent, or not what is expected.</exception>
    public async Task<Heartbeat> CheckAsync(Heartbeat? known, CancellationToken cancellationToken)
    {
        try
        {
            await using var driver = await port.ConnectAsync(cancellationToken);
            var heartbeat = await driver.PingAsync(cancellationToken);
            var status = tracker.Status;
            if (status.Link != McuLinkState.Online || known is null || known.BootCount != heartbeat.BootCount
                || status.Facts?.BootState != heartbeat.BootState)
            {
                await IdentifyAsync(driver, cancellationToken);
            }

            return heartbeat;
        }
        catch (Exception e) when (e is LinkException or McuException)
        {
            tracker.Offline(FailureMap.From(e, UpdatePhase.WaitingForLine));
            throw;
        }
    }
}
