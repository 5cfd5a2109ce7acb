namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>What a frame asks, or answers (wire-protocol.md section 3).</summary>
public enum FrameType : byte
{
    Hello = 0x01,
    Ping = 0x02,
    Offer = 0x10,
    Start = 0x11,
    Data = 0x12,
    Poll = 0x13,
    Verify = 0x14,
    Activate = 0x15,
    Confirm = 0x16,
    RollBack = 0x17,
    Abort = 0x18,
    Reset = 0x19,

    /// <summary>Asks the node to make itself noticed; who it is, <see cref="Hello"/> asks.</summary>
    Identify = 0x1A,
    Events = 0x20,
    Property = 0x21,
    Command = 0x22,
}
