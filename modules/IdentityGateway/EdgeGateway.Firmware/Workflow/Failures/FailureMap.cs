using EdgeGateway.Content;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Workflow.Failures;

/// <summary>Translates exceptions of content, serial lines and the journal into failures of an update.</summary>
internal static class FailureMap
{
    /// <param name="error">What a step threw.</param>
    /// <param name="phase">The phase of the step: silence while the microcontroller is looked for means that it is absent.</param>
    public static Failure From(Exception error, UpdatePhase phase) => error switch
    {
        LinkException e => new Failure(Reason(e.Failure), e.Message, FailureKind.Absent),
        McuException { Failure: McuFailure.Silent } e when IsLookingFor(phase) =>
            new Failure(FailureReason.McuSilent, e.Message, FailureKind.Absent),
        McuException e => new Failure(Reason(e.Failure), e.Message, Kind(e.Failure)),
        ContentException e => new Failure(Reason(e.Failure), e.Message, Kind(e.Failure)),
        JournalException e => new Failure(FailureReason.DiskError, e.Message, FailureKind.Attempt),
        IOException e => new Failure(FailureReason.DiskError, e.Message, FailureKind.Attempt),
        _ => new Failure(FailureReason.Internal, $"an error inside the gateway: {error.Message}", FailureKind.Attempt),
    };

    public static FailureReason Reason(LinkFailure failure) => failure switch
    {
        LinkFailure.Missing => FailureReason.PortMissing,
        LinkFailure.Busy => FailureReason.PortBusy,
        LinkFailure.NoPermission => FailureReason.PortNoPermission,
        LinkFailure.Unplugged => FailureReason.PortUnplugged,
        LinkFailure.BadSettings => FailureReason.PortBadSettings,
        _ => FailureReason.PortIo,
    };

    public static FailureReason Reason(McuFailure failure) => failure switch
    {
        McuFailure.Silent => FailureReason.McuSilent,
        McuFailure.Garbled => FailureReason.McuGarbled,
        McuFailure.AddressConflict => FailureReason.McuAddressConflict,
        McuFailure.NotSupported => FailureReason.McuNotSupported,
        McuFailure.WrongTarget => FailureReason.WrongTarget,
        McuFailure.TooLarge => FailureReason.TooLargeForSlot,
        McuFailure.SessionLost => FailureReason.McuSessionLost,
        McuFailure.DigestMismatch => FailureReason.McuDigestMismatch,
        McuFailure.FlashFailed => FailureReason.McuFlashFailed,
        McuFailure.Refused or McuFailure.NothingToRollBack => FailureReason.McuRefused,
        _ => FailureReason.McuProtocolViolation,
    };

    private static FailureReason Reason(ContentFailure failure) => failure switch
    {
        ContentFailure.NotFound => FailureReason.ContentNotFound,
        ContentFailure.TooSlow => FailureReason.ContentTooSlow,
        ContentFailure.WrongSize => FailureReason.ContentWrongSize,
        ContentFailure.WrongDigest => FailureReason.ContentWrongDigest,
        ContentFailure.StoreFull => FailureReason.StoreFull,
        ContentFailure.Disk => FailureReason.DiskError,
        _ => FailureReason.ContentUnreachable,
    };

    private static FailureKind Kind(McuFailure failure) => failure switch
    {
        McuFailure.WrongTarget or McuFailure.TooLarge or McuFailure.Refused or McuFailure.NotSupported => FailureKind.Permanent,
        _ => FailureKind.Attempt,
    };

    private static FailureKind Kind(ContentFailure failure) => failure switch
    {
        ContentFailure.WrongSize or ContentFailure.WrongDigest => FailureKind.Once,
        _ => FailureKind.Attempt,
    };

    private static bool IsLookingFor(UpdatePhase phase) => phase is UpdatePhase.Evaluating or UpdatePhase.WaitingForLine;
}
