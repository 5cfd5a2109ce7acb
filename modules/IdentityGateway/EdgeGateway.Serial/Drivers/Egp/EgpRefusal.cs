using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>Says in the driver's terms why a node refused.</summary>
internal static class EgpRefusal
{
    public static McuException ToException(ResultCode result, string node, string doing)
    {
        var (failure, words) = result switch
        {
            ResultCode.WrongTarget => (McuFailure.WrongTarget, "the image is made for another vendor or class"),
            ResultCode.TooLarge => (McuFailure.TooLarge, "the image does not fit its slot"),
            ResultCode.WrongState => (McuFailure.SessionLost, "it has no such session (it was reset?)"),
            ResultCode.DigestMismatch => (McuFailure.DigestMismatch, "what it holds is not what was announced"),
            ResultCode.EraseFailed => (McuFailure.FlashFailed, "its flash would not erase"),
            ResultCode.ProgramFailed => (McuFailure.FlashFailed, "its flash does not keep what is written"),
            ResultCode.VersionRefused => (McuFailure.Refused, "its policy does not allow this version"),
            ResultCode.SignatureRefused => (McuFailure.Refused, "it does not accept the image's signature"),
            ResultCode.NothingToRollBack => (McuFailure.NothingToRollBack, "it has no image to go back to"),
            ResultCode.NotSupported => (McuFailure.NotSupported, "it does not know the command"),
            _ => (McuFailure.ProtocolViolation, $"it answered result {(int)result}"),
        };
        return new McuException(failure, $"{node} refused {doing}: {words}.");
    }
}
