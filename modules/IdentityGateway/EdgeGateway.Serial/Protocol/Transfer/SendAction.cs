using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>A frame that the sender wants on the wire now.</summary>
/// <param name="Type">DATA, or POLL with an empty range.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Range">Bytes of the image it carries.</param>
/// <param name="Ask">An answer is wanted.</param>
public readonly record struct SendAction(FrameType Type, byte Sequence, ByteRange Range, bool Ask);
