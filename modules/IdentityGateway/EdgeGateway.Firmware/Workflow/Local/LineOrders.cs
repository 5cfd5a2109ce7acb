using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>Orders to the microcontroller itself, beside its update: each waits for its turn on the bus.</summary>
internal sealed class LineOrders(McuContext mcu)
{
    /// <summary>Restarts it, unless that would disturb an update.</summary>
    /// <exception cref="McuException">It is silent or refuses.</exception>
    /// <exception cref="Serial.Links.LinkException">The line cannot be used.</exception>
    public async Task<LocalVerdict> RebootAsync(CancellationToken cancellationToken)
    {
        if (Refusal() is { } early)
        {
            return early;
        }

        return await mcu.Finder.UseAsync(
            async driver =>
            {
                // an update cannot get to its offer while the bus is held here, but it may have got beyond before
                if (Refusal() is { } late)
                {
                    return late;
                }

                await driver.RebootAsync(cancellationToken);
                return new LocalVerdict(LocalOutcome.Accepted, "it restarts");
            },
            cancellationToken);
    }

    /// <summary>Lets it make itself noticed.</summary>
    /// <exception cref="McuException">It is silent or refuses.</exception>
    /// <exception cref="Serial.Links.LinkException">The line cannot be used.</exception>
    public Task<LocalVerdict> IndicateAsync(TimeSpan time, CancellationToken cancellationToken) => mcu.Finder.UseAsync(
        async driver =>
        {
            await driver.IndicateAsync(time, cancellationToken);
            return new LocalVerdict(LocalOutcome.Accepted, time > TimeSpan.Zero ? $"it makes itself noticed for {time.TotalSeconds:0} s" : "it is quiet");
        },
        cancellationToken);

    private LocalVerdict? Refusal() => mcu.Memory.State.Active is { } active && UpdateTransitions.IsOnTheLine(active.Phase)
        ? new LocalVerdict(
            LocalOutcome.WrongState,
            $"deployment {active.Service.Workflow.Id} is being brought to it ({active.Phase})",
            active.Service.Workflow.Id)
        : null;
}
