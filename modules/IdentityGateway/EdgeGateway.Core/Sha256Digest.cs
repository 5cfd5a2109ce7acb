using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EdgeGateway.Core;

/// <summary>A SHA-256 digest: the name of a firmware image everywhere in the gateway, from manifest to flash.</summary>
public readonly struct Sha256Digest : IEquatable<Sha256Digest>
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Length = 32;

    private readonly byte[]? _bytes;

    /// <summary>Takes a copy of 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public Sha256Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A SHA-256 digest has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>The 32 bytes; zeros for the default value.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes ?? new byte[Length];

    /// <summary>True for the default value and for 32 zero bytes: no digest known.</summary>
    public bool IsUnknown => _bytes is null || Bytes.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Digest of data that is at hand.</summary>
    public static Sha256Digest Of(ReadOnlySpan<byte> data) => new(SHA256.HashData(data));

    /// <summary>Reads 64 hexadecimal digits, either case.</summary>
    public static bool TryParseHex([NotNullWhen(true)] string? text, out Sha256Digest digest)
    {
        digest = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is not { Length: 2 * Length } || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        digest = new Sha256Digest(bytes);
        return true;
    }

    /// <summary>Reads standard base64, the form of update manifests (contract section 3.5).</summary>
    public static bool TryParseBase64([NotNullWhen(true)] string? text, out Sha256Digest digest)
    {
        digest = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is null || !Convert.TryFromBase64String(text, bytes, out var written) || written != Length)
        {
            return false;
        }

        digest = new Sha256Digest(bytes);
        return true;
    }

    /// <summary>Lower-case hexadecimal: the form of file names and logs.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    public bool Equals(Sha256Digest other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is Sha256Digest other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(Bytes);

    public static bool operator ==(Sha256Digest left, Sha256Digest right) => left.Equals(right);

    public static bool operator !=(Sha256Digest left, Sha256Digest right) => !left.Equals(right);
}
