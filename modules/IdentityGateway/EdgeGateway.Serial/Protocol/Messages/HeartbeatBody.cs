namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>A sign of life: the answer to PING (wire-protocol.md 4.2).</summary>
/// <param name="UptimeSeconds">Seconds since the last reset.</param>
/// <param name="BootState">How the running image came to run.</param>
/// <param name="RunningSlot">0 for A, 1 for B, 255 in recovery.</param>
/// <param name="BootCount">Resets so far.</param>
public readonly record struct HeartbeatBody(uint UptimeSeconds, BootState BootState, byte RunningSlot, uint BootCount)
{
    public const int Length = 10;

    public byte[] ToBody()
    {
        var body = new byte[Length];
        var writer = new BodyWriter(body);
        writer.UInt32(UptimeSeconds);
        writer.Byte((byte)BootState);
        writer.Byte(RunningSlot);
        writer.UInt32(BootCount);
        return body;
    }

    public static bool TryRead(ReadOnlySpan<byte> body, out HeartbeatBody heartbeat)
    {
        var reader = new BodyReader(body);
        heartbeat = new HeartbeatBody(reader.UInt32(), (BootState)reader.Byte(), reader.Byte(), reader.UInt32());
        return reader.IsGood && Enum.IsDefined(heartbeat.BootState);
    }
}
