using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;
using EdgeGateway.Simulators.Mcu.Node.Boot;

namespace EdgeGateway.Simulators.Mcu.Node.Update;

/// <summary>What a node makes of an offer before it touches anything (wire-protocol.md 4.3).</summary>
internal sealed class OfferRules(McuOptions options, McuFaults faults, MetadataLog log, BootDecision boot)
{
    /// <summary>The slot that is meant.</summary>
    public Slot Target(Offer offer)
    {
        if (offer.Slot != Offer.InactiveSlot)
        {
            return (Slot)offer.Slot;
        }

        return boot.Slot is { } running ? running.Other() : log.Current?.Partial?.Slot ?? Slot.A;
    }

    /// <summary>Why the node does not take it; <see cref="ResultCode.Ok"/> if it does.</summary>
    /// <remarks>During a trial every slot is in use: one runs, the other is the way back.</remarks>
    public ResultCode Refusal(Offer offer) => offer switch
    {
        _ when offer.Vendor != options.Vendor || offer.Model != options.Model => ResultCode.WrongTarget,
        _ when offer.Size > options.Geometry.SlotSize => ResultCode.TooLarge,
        _ when Target(offer) == boot.Slot || log.Current?.Trial is not null => ResultCode.WrongState,
        _ when faults.RefusesVersion => ResultCode.VersionRefused,
        _ => ResultCode.Ok,
    };

    /// <summary>Leading bytes of this image that the journal counts as committed.</summary>
    public int Resumable(Offer offer) =>
        log.Current?.Partial is { } partial && IsPartOf(offer, Target(offer), partial) ? partial.Committed : 0;

    /// <summary>True where the partial image is one of what is offered, and may be kept.</summary>
    public static bool IsPartOf(Offer offer, Slot slot, PartialImage partial) =>
        !offer.DiscardPartial && partial.Slot == slot && partial.Size == offer.Size && partial.Digest == offer.Digest;
}
