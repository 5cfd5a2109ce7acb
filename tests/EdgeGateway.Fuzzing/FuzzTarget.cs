namespace EdgeGateway.Fuzzing;

/// <summary>A reader of foreign bytes, with the rules that hold for any input.</summary>
public abstract class FuzzTarget
{
    /// <summary>Gets all targets.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new FrameReaderTarget(), new MqttReaderTarget(), new ManifestReaderTarget()];

    /// <summary>Gets the name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Gets well-formed inputs to begin with; they reach deep into the reader.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Gets the pieces that mutations insert: what is special to the format.</summary>
    public abstract IReadOnlyList<byte[]> Tokens { get; }

    /// <summary>Reads one input.</summary>
    /// <returns>Whether the reader accepted anything.</returns>
    /// <exception cref="FuzzException">A rule was broken. Any other exception is an undocumented one.</exception>
    public abstract bool Run(byte[] input);

    public override string ToString() => Name;

    private protected static void Require(bool rule, string text)
    {
        if (!rule)
        {
            throw new FuzzException(text);
        }
    }
}

/// <summary>A reader broke a rule.</summary>
public sealed class FuzzException(string message) : Exception(message);
