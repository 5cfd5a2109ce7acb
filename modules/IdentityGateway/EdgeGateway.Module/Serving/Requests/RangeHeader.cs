using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>
/// The header <c>Range</c> (RFC 9110 section 14.2). One range is served as such. Several that touch or overlap are one; several others are
/// answered with the whole, and more than a few are refused, because no client needs them.
/// </summary>
internal static class RangeHeader
{
    /// <summary>Most ranges in one request.</summary>
    public const int MaxRanges = 8;

    private const string Unit = "bytes=";

    /// <summary>Chooses what to send.</summary>
    /// <param name="header">The header; none for the whole.</param>
    /// <param name="size">Size of the content.</param>
    /// <param name="part">The part to send; null for the whole.</param>
    /// <returns>False where the answer is 416: nothing of the content is in the ranges, or they are too many.</returns>
    public static bool TryRead(StringValues header, long size, out ByteSpan? part)
    {
        part = null;
        if (header.Count != 1 || header[0] is not { } text || !text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
        {
            return true; // none, or of a unit that is not known: ignored (14.2)
        }

        var specs = text[Unit.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (specs.Length > MaxRanges)
        {
            return false;
        }

        var spans = new List<ByteSpan>();
        foreach (var spec in specs)
        {
            if (!TryReadOne(spec, size, out var span))
            {
                return true; // not well-formed: ignored
            }

            if (span is { } some)
            {
                spans.Add(some);
            }
        }

        part = Join(spans);
        return specs.Length == 0 || spans.Count > 0;
    }

    /// <summary>Reads <c>a-b</c>, <c>a-</c> or <c>-n</c>; null for one that holds nothing of the content.</summary>
    private static bool TryReadOne(string spec, long size, out ByteSpan? span)
    {
        span = null;
        var dash = spec.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryNumber(spec[..dash], out var first) || !TryNumber(spec[(dash + 1)..], out var last)
            || (first is null && last is null) || first > last)
        {
            return false;
        }

        var offset = first ?? Math.Max(0, size - last!.Value);
        var end = first is null || last is null || last >= size ? size : last.Value + 1;
        span = offset < end ? new ByteSpan(offset, end - offset) : null;
        return true;
    }

    /// <summary>Digits, however many; null for none at all.</summary>
    private static bool TryNumber(string text, out long? number)
    {
        number = text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var some) ? some
            : long.MaxValue;
        return text.All(char.IsAsciiDigit);
    }

    /// <summary>The one span that all make together; null where there are gaps.</summary>
    private static ByteSpan? Join(List<ByteSpan> spans)
    {
        if (spans.Count == 0)
        {
            return null;
        }

        spans.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        var end = spans[0].End;
        foreach (var span in spans)
        {
            if (span.Offset > end)
            {
                return null;
            }

            end = Math.Max(end, span.End);
        }

        return new ByteSpan(spans[0].Offset, end - spans[0].Offset);
    }
}

/// <summary>A part of content.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its length, bytes.</param>
internal readonly record struct ByteSpan(long Offset, long Length)
{
    /// <summary>First byte behind it.</summary>
    public long End => Offset + Length;
}
