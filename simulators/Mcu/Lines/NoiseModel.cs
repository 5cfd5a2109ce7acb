using System.Buffers;

namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>Damages bytes on their way at the rates of <see cref="LineOptions"/>; the same seed damages the same bits.</summary>
public sealed class NoiseModel
{
    private const int DataBits = 8;

    private readonly Random _random;
    private readonly GeometricSkip _flips;
    private readonly GeometricSkip _losses;
    private readonly GeometricSkip _doubles;
    private readonly GeometricSkip _insertions;
    private readonly bool _lengthKept;

    public NoiseModel(LineOptions options, int seed)
    {
        _random = new Random(seed);
        _flips = new GeometricSkip(options.BitErrorRate, _random);
        _losses = new GeometricSkip(options.LostRate, _random);
        _doubles = new GeometricSkip(options.DoubledRate, _random);
        _insertions = new GeometricSkip(options.InsertedRate, _random);
        _lengthKept = _losses.Never && _doubles.Never && _insertions.Never;
        IsClean = _lengthKept && _flips.Never;
    }

    /// <summary>True where no byte is ever damaged.</summary>
    public bool IsClean { get; }

    /// <summary>Bits flipped so far.</summary>
    public long FlippedBits { get; private set; }

    /// <summary>Bytes lost so far.</summary>
    public long LostBytes { get; private set; }

    /// <summary>Bytes that arrived twice so far.</summary>
    public long DoubledBytes { get; private set; }

    /// <summary>Bytes that arrived without having been sent so far.</summary>
    public long InsertedBytes { get; private set; }

    /// <summary>Writes what arrives of <paramref name="sent"/>.</summary>
    public void Apply(ReadOnlySpan<byte> sent, IBufferWriter<byte> arrived)
    {
        if (_lengthKept)
        {
            var span = arrived.GetSpan(sent.Length)[..sent.Length];
            sent.CopyTo(span);
            Flip(span);
            arrived.Advance(sent.Length);
            return;
        }

        foreach (var value in sent)
        {
            if (_insertions.Next())
            {
                InsertedBytes++;
                Write((byte)_random.Next(256), arrived);
            }

            if (_losses.Next())
            {
                LostBytes++;
                continue;
            }

            var one = value;
            Flip(new Span<byte>(ref one));
            Write(one, arrived);
            if (_doubles.Next())
            {
                DoubledBytes++;
                Write(one, arrived);
            }
        }
    }

    /// <summary>What a byte becomes when two senders drive the line: never itself.</summary>
    internal byte Garble(byte value) => (byte)(value ^ _random.Next(1, 256));

    private static void Write(byte value, IBufferWriter<byte> to)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }

    private void Flip(Span<byte> bytes)
    {
        if (_flips.Never)
        {
            return;
        }

        var bits = (long)bytes.Length * DataBits;
        long bit = 0;
        while (_flips.Left < bits - bit)
        {
            bit += _flips.Left;
            _flips.Pass(_flips.Left);
            _ = _flips.Next();
            bytes[(int)(bit / DataBits)] ^= (byte)(1 << (int)(bit % DataBits));
            FlippedBits++;
            bit++;
        }

        _flips.Pass(bits - bit);
    }
}
