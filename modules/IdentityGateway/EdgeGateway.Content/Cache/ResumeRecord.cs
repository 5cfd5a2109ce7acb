using System.Globalization;
using System.Text;

namespace EdgeGateway.Content.Cache;

/// <summary>
/// Reads the file beside a partial download: the expected size, the validator of the source, and digests of prefixes, which tell a later run how
/// many bytes are valid. Lines of text, only appended; an incomplete last line is ignored.
/// </summary>
internal sealed class ResumeRecord
{
    private const string Magic = "edgegateway-partial 1";

    private ResumeRecord(long size, string? validator, int headEnd, IReadOnlyList<Mark> marks)
    {
        Size = size;
        Validator = validator;
        HeadEnd = headEnd;
        Marks = marks;
    }

    /// <summary>Gets the size of the whole content in bytes.</summary>
    public long Size { get; }

    /// <summary>See <see cref="OpenedContent.Validator"/>.</summary>
    public string? Validator { get; }

    /// <summary>Gets the number of bytes before the first mark.</summary>
    public int HeadEnd { get; }

    /// <summary>Gets the marks in ascending order of length.</summary>
    public IReadOnlyList<Mark> Marks { get; }

    /// <summary>States that the first <paramref name="Length"/> bytes have a digest.</summary>
    /// <param name="Length">Length of the prefix in bytes.</param>
    /// <param name="End">Bytes of the record up to the end of this mark.</param>
    internal readonly record struct Mark(long Length, Sha256Digest Prefix, int End);

    public static byte[] Head(long size, string? validator) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Magic} {size}\nvalidator {validator}\n"));

    public static byte[] MarkLine(long length, Sha256Digest prefix) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {prefix}\n"));

    /// <summary>Reads the valid part; null if the header is invalid.</summary>
    public static ResumeRecord? Parse(ReadOnlySpan<byte> text)
    {
        var at = 0;
        if (Line(text, ref at) is not { } first || !first.StartsWith(Magic + " ", StringComparison.Ordinal)
            || !long.TryParse(first.AsSpan(Magic.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || Line(text, ref at) is not { } second || !second.StartsWith("validator ", StringComparison.Ordinal))
        {
            return null;
        }

        var validator = second["validator ".Length..];
        var (head, marks) = (at, new List<Mark>());
        while (Line(text, ref at) is { } line && line.Split(' ') is [var length, var hex]
            && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && bytes <= size && bytes > (marks.Count > 0 ? marks[^1].Length : 0)
            && Sha256Digest.TryParseHex(hex, out var prefix))
        {
            marks.Add(new Mark(bytes, prefix, at));
        }

        return new ResumeRecord(size, validator.Length > 0 ? validator : null, head, marks);
    }

    private static string? Line(ReadOnlySpan<byte> text, ref int at)
    {
        var end = text[at..].IndexOf((byte)'\n');
        if (end < 0)
        {
            return null;
        }

        var line = Encoding.UTF8.GetString(text.Slice(at, end));
        at += end + 1;
        return line;
    }
}
