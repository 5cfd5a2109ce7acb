namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>
/// Draws how many trials pass before the next rare event, so that a clean stretch of line costs one comparison and not one random number a bit.
/// </summary>
internal sealed class GeometricSkip
{
    private readonly Random _random;
    private readonly double _rate;
    private long _left;

    public GeometricSkip(double rate, Random random)
    {
        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is between 0 and 1.");
        }

        _rate = rate;
        _random = random;
        _left = Draw();
    }

    /// <summary>True where the event cannot happen.</summary>
    public bool Never => _rate == 0;

    /// <summary>Trials left before the event: that many pass without it.</summary>
    public long Left => _left;

    /// <summary>Lets trials pass, at most <see cref="Left"/>.</summary>
    public void Pass(long trials)
    {
        if (!Never)
        {
            _left -= trials;
        }
    }

    /// <summary>One trial: true if the event happens.</summary>
    public bool Next()
    {
        if (Never)
        {
            return false;
        }

        if (_left > 0)
        {
            _left--;
            return false;
        }

        _left = Draw();
        return true;
    }

    private long Draw()
    {
        if (_rate is 0 or 1)
        {
            return _rate == 0 ? long.MaxValue : 0;
        }

        var skipped = Math.Log(1 - _random.NextDouble()) / Math.Log(1 - _rate);
        return skipped >= long.MaxValue ? long.MaxValue : (long)skipped;
    }
}
