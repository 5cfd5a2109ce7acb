namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>Asks a node who it is (wire-protocol.md 3 and 4.1).</summary>
/// <param name="MinVersion">Oldest version the gateway speaks.</param>
/// <param name="MaxVersion">Newest version the gateway speaks.</param>
/// <param name="Spread">Slots over which nodes spread their answers; 0 or 1 for at once.</param>
public readonly record struct Hello(byte MinVersion, byte MaxVersion, byte Spread)
{
    /// <summary>Character times in one slot of a spread.</summary>
    public const int SlotCharacters = 160;

    public const int Length = 3;

    public byte[] ToBody() => [MinVersion, MaxVersion, Spread];

    /// <summary>The slot in which the node with this serial number answers: CRC-32C of the serial number modulo the spread.</summary>
    public int SlotOf(string serialNumber) =>
        Spread <= 1 ? 0 : (int)(Frames.Crc32C.Of(System.Text.Encoding.UTF8.GetBytes(serialNumber)) % Spread);

    public static bool TryRead(ReadOnlySpan<byte> body, out Hello hello)
    {
        hello = body.Length < Length ? default : new Hello(body[0], body[1], body[2]);
        return body.Length >= Length;
    }
}
