using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Workflow.Commands;

/// <summary>Carries out commands to the microcontroller itself. Each waits for its turn on the bus.</summary>
internal sealed class McuCommands(McuContext mcu)
{
    /// <summary>Restarts the microcontroller, unless that would disturb an update.</summary>
    /// <exception cref="McuException">It is silent or refuses.</exception>
    /// <exception cref="Serial.Links.LinkException">The line cannot be used.</exception>
    public async Task<CommandResult> RebootAsync(CancellationToken cancellationToken)
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
                return new CommandResult(CommandOutcome.Accepted, "it restarts");
            },
            cancellationToken);
    }

    /// <summary>Lets the board blink, so that a person can find it.</summary>
    /// <exception cref="McuException">It is silent or refuses.</exception>
    /// <exception cref="Serial.Links.LinkException">The line cannot be used.</exception>
    public Task<CommandResult> IndicateAsync(TimeSpan time, CancellationToken cancellationToken) => mcu.Finder.UseAsync(
        async driver =>
        {
            await driver.IndicateAsync(time, cancellationToken);
            return new CommandResult(CommandOutcome.Accepted, time > TimeSpan.Zero ? $"it makes itself noticed for {time.TotalSeconds:0} s" : "it is quiet");
        },
        cancellationToken);

    private CommandResult? Refusal() => mcu.Journal.State.Active is { } active && UpdateTransitions.IsOnTheLine(active.Phase)
        ? new CommandResult(
            CommandOutcome.WrongState,
            $"deployment {active.Service.Workflow.Id} is being brought to it ({active.Phase})",
            active.Service.Workflow.Id)
        : null;
}
