namespace EdgeGateway.Serial.Links.Posix;

/// <summary>What epoll watches and reports (include/uapi/linux/eventpoll.h).</summary>
[Flags]
internal enum EpollEvents : uint
{
    None = 0,
    Readable = 0x1,
    Writable = 0x4,
    Error = 0x8,
    HangUp = 0x10,
    EdgeTriggered = 1u << 31,
}
