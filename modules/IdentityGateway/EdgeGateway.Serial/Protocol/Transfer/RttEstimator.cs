namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>When an answer is overdue: the estimator of RFC 6298, fed with the time from a frame's leaving the wire to its answer.</summary>
/// <remarks>Every answer is a valid sample: it names the sequence it answers, so Karn's exception is not needed (wire-protocol.md 5.4).</remarks>
public sealed class RttEstimator
{
    /// <summary>Time-out before the first sample.</summary>
    public static readonly TimeSpan Initial = TimeSpan.FromSeconds(1);

    /// <summary>Least time-out: below it the gateway's own scheduling would look like loss.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Greatest time-out, back-off included.</summary>
    public static readonly TimeSpan Greatest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Granularity = TimeSpan.FromMilliseconds(1);

    private bool _hasSample;
    private TimeSpan _variation;
    private int _backOff;

    /// <summary>Smoothed round trip; zero before the first sample.</summary>
    public TimeSpan Smoothed { get; private set; }

    /// <summary>How long to wait for an answer now.</summary>
    public TimeSpan TimeOut
    {
        get
        {
            var variation = 4 * _variation;
            var basis = _hasSample ? Smoothed + (variation > Granularity ? variation : Granularity) : Initial;
            var backedOff = (basis > Least ? basis : Least) * (1L << _backOff);
            return backedOff < Greatest ? backedOff : Greatest;
        }
    }

    /// <summary>Takes a measured round trip; ends the back-off.</summary>
    public void Sample(TimeSpan roundTrip)
    {
        if (roundTrip < TimeSpan.Zero)
        {
            roundTrip = TimeSpan.Zero; // the wire was faster than its nominal rate
        }

        if (_hasSample)
        {
            _variation = (_variation * 0.75) + ((Smoothed - roundTrip).Duration() * 0.25);
            Smoothed = (Smoothed * 0.875) + (roundTrip * 0.125);
        }
        else
        {
            Smoothed = roundTrip;
            _variation = roundTrip / 2;
            _hasSample = true;
        }

        _backOff = 0;
    }

    /// <summary>Doubles the time-out after an expiry.</summary>
    public void BackOff() => _backOff = Math.Min(_backOff + 1, 10);
}
