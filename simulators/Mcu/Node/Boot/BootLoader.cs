using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;

namespace EdgeGateway.Simulators.Mcu.Node.Boot;

/// <summary>
/// Decides at each reset which image runs. An image on trial gets one boot; a boot that ends without CONFIRM brings the previous image back.
/// No image runs that is not whole.
/// </summary>
public static class BootLoader
{
    /// <summary>Boots: notes the decision in flash before it acts on it.</summary>
    public static BootDecision Boot(NorFlash flash, MetadataLog log)
    {
        if (log.Current is not { } state)
        {
            return BootDecision.Recovery;
        }

        state = state with { BootCount = state.BootCount + 1 };
        if (state.Trial is { Boots: 0 } trial && IsWhole(flash, trial.Slot, state.Image(trial.Slot)))
        {
            log.Save(state with { Trial = trial with { Boots = 1 } });
            return new BootDecision(trial.Slot, state.Image(trial.Slot), BootState.Trial, TimeSpan.FromSeconds(trial.Seconds));
        }

        if (state.Trial is not null)
        {
            state = GiveUpTrial(state);
        }

        if (!IsWhole(flash, state.Active, state.Image(state.Active)))
        {
            var other = state.Active.Other();
            if (state.Image(other) is not { Proven: true } image || !IsWhole(flash, other, image))
            {
                log.Save(state);
                return BootDecision.Recovery;
            }

            state = state with { Active = other, RolledBack = true };
        }

        log.Save(state);
        return new BootDecision(state.Active, state.Image(state.Active), state.RolledBack ? BootState.RolledBack : BootState.Confirmed, null);
    }

    /// <summary>The state after a trial that failed or was called off.</summary>
    public static NodeState GiveUpTrial(NodeState state) => state.Trial is { } trial
        ? state.WithImage(trial.Slot, null) with { Trial = null, RolledBack = true }
        : state;

    private static bool IsWhole(NorFlash flash, Slot slot, SlotImage? image) =>
        image is not null && SlotReader.Digest(flash, slot, image.Size) == image.Digest;
}
