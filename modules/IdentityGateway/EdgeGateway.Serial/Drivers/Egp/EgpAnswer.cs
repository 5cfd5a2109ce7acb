using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>A node's answer to a command.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Body">Its body.</param>
/// <param name="Attempts">How often the command was sent until it came.</param>
internal sealed record EgpAnswer(FrameHeader Header, byte[] Body, int Attempts);
