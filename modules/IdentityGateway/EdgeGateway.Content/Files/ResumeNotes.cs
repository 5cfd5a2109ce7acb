using System.Globalization;
using System.Text;

namespace EdgeGateway.Content.Files;

/// <summary>
/// The small file beside a broken-off download: what it was to become, which version the source gave, and digests of its prefixes, by which
/// a later run finds how much of it is still good. Lines of text, only ever appended; a torn last line is no mark.
/// </summary>
internal sealed class ResumeNotes
{
    private const string Magic = "edgegateway-partial 1";

    private ResumeNotes(long size, string? validator, int headEnd, IReadOnlyList<Mark> marks)
    {
        Size = size;
        Validator = validator;
        HeadEnd = headEnd;
        Marks = marks;
    }

    /// <summary>Size of the whole content.</summary>
    public long Size { get; }

    /// <summary>See <see cref="OpenedContent.Validator"/>.</summary>
    public string? Validator { get; }

    /// <summary>Bytes of the notes before the first mark.</summary>
    public int HeadEnd { get; }

    /// <summary>In rising order of length.</summary>
    public IReadOnlyList<Mark> Marks { get; }

    /// <summary>The first <paramref name="Length"/> bytes have this digest.</summary>
    /// <param name="Length">Bytes of the prefix.</param>
    /// <param name="Prefix">Their digest.</param>
    /// <param name="End">Bytes of the notes up to the end of this mark.</param>
    internal readonly record struct Mark(long Length, Sha256Digest Prefix, int End);

    public static byte[] Head(long size, string? validator) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Magic} {size}\nvalidator {validator}\n"));

    public static byte[] MarkLine(long length, Sha256Digest prefix) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {prefix}\n"));

    /// <summary>Reads what is well-formed; null if not even the head is.</summary>
    public static ResumeNotes? Parse(ReadOnlySpan<byte> text)
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

        return new ResumeNotes(size, validator.Length > 0 ? validator : null, head, marks);
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
