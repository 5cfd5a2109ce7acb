namespace EdgeGateway.Fuzzing;

/// <summary>Makes inputs out of inputs, the same ones for the same seed.</summary>
internal sealed class Mutator(FuzzTarget target, int seed)
{
    /// <summary>The longest input in bytes: above the longest frame on the wire.</summary>
    private const int MaxLength = 6000;
    private const int MaxCorpus = 500;

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _corpus = [.. target.Seeds];

    /// <summary>Makes the next input: one to eight changes to an input that was accepted earlier.</summary>
    public byte[] Next()
    {
        var input = new List<byte>(Any(_corpus));
        for (var changes = 1 << _random.Next(4); changes > 0; changes--)
        {
            Change(input);
        }

        if (input.Count > MaxLength)
        {
            input.RemoveRange(MaxLength, input.Count - MaxLength);
        }

        return [.. input];
    }

    /// <summary>Keeps an input that the reader accepted as a start for further ones.</summary>
    public void Keep(byte[] input)
    {
        if (_corpus.Count < MaxCorpus)
        {
            _corpus.Add(input);
        }
        else
        {
            _corpus[_random.Next(target.Seeds.Count, MaxCorpus)] = input;
        }
    }

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var length = Math.Min(_random.Next(1, 17), input.Count - at);
        switch (_random.Next(7))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                input.InsertRange(at, Any(target.Tokens));
                break;
            case 5:
                var other = Any(_corpus);
                var from = _random.Next(other.Length + 1);
                input.InsertRange(at, other.AsSpan(from, Math.Min(_random.Next(1, 65), other.Length - from)).ToArray());
                break;
            default:
                input.Insert(at, (byte)_random.Next(256));
                break;
        }
    }

    private byte[] Any(IReadOnlyList<byte[]> of) => of[_random.Next(of.Count)];
}
