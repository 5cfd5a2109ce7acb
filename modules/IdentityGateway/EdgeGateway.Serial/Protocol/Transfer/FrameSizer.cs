namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>Chooses the payload of DATA frames: long on a clean line, short on a noisy one, where a long frame is rarely spared (wire-protocol.md 5.5).</summary>
/// <remarks>With p lost bytes a byte and h bytes of overhead a frame, the share of payload that arrives is greatest near a payload of sqrt(h / p).</remarks>
public sealed class FrameSizer(int maxPayload)
{
    /// <summary>Shortest payload chosen, in bytes, where the node takes that much.</summary>
    public const int LeastPayload = 64;

    private const double Overhead = 17;
    private const double Memory = 0.995;
    private const double CleanPrior = 100_000;

    private double _bytes = CleanPrior;
    private double _losses;

    /// <summary>Payload for the next frame, in bytes.</summary>
    public int Payload
    {
        get
        {
            if (_losses <= 0)
            {
                return maxPayload;
            }

            var best = Math.Sqrt(Overhead * _bytes / _losses);
            return (int)Math.Clamp(best, Math.Min(LeastPayload, maxPayload), maxPayload);
        }
    }

    /// <summary>Takes note of what became of a frame.</summary>
    public void Note(int wireBytes, bool lost)
    {
        _bytes = (_bytes * Memory) + wireBytes;
        _losses = (_losses * Memory) + (lost ? 1 : 0);
    }
}
