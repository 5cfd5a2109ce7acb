using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EdgeGateway.Core;

/// <summary>Name of a microcontroller: the id of its device at IoT Hub.</summary>
/// <remarks>IoT Hub allows 1 to 128 ASCII letters, digits and <c>-.%_*?!(),:=@$'</c>, case-sensitive.</remarks>
public readonly record struct McuId
{
    /// <summary>Longest id in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.%_*?!(),:=@$'");

    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is no device id.</exception>
    public McuId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"'{value}' is no device id: 1 to {MaxLength} letters, digits or -.%_*?!(),:=@$' are.", nameof(value));
        }

        _value = value;
    }

    /// <summary>The id; empty for the default value.</summary>
    public string Value => _value ?? "";

    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxLength } && value.AsSpan().IndexOfAnyExcept(Allowed) < 0;

    public override string ToString() => Value;
}
