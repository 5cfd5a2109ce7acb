using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>
/// Checks the limits of IoT Hub's twins. Source: IoT Hub developer guide, "Understand and use device twins" (sizes, names, depth, numbers), and the
/// validator of edgeHub, which is the same (null within arrays).
/// </summary>
public static class TwinLimits
{
    /// <summary>Largest desired or reported section, in bytes as <see cref="SizeOf"/> counts them.</summary>
    public const int MaxSectionBytes = 32 * 1024;

    /// <summary>Largest tags section.</summary>
    public const int MaxTagBytes = 8 * 1024;

    /// <summary>Longest string value, bytes of UTF-8.</summary>
    public const int MaxStringBytes = 4096;

    /// <summary>Longest property name, bytes of UTF-8.</summary>
    public const int MaxNameBytes = 1024;

    /// <summary>Deepest nesting of objects below a section.</summary>
    public const int MaxDepth = 10;

    /// <summary>Smallest integer; the largest is one below its negative.</summary>
    public const long MinInteger = -4503599627370496;

    /// <summary>Largest integer.</summary>
    public const long MaxInteger = 4503599627370495;

    /// <summary>Checks names, values and depth of a patch.</summary>
    /// <param name="patch">A patch of the section, or all of it.</param>
    /// <param name="section">Name of the section for the message.</param>
    /// <exception cref="HubRequestException">A rule is broken: 400. The message names the property and the rule.</exception>
    public static void Check(JsonObject patch, string section) => CheckObject(patch, section, 1, inArray: false);

    /// <summary>Checks the size of a whole section.</summary>
    /// <exception cref="HubRequestException">It is larger than <paramref name="limit"/>: 413.</exception>
    public static void CheckSize(JsonObject section, string name, int limit)
    {
        var size = SizeOf(section);
        if (size > limit)
        {
            throw new HubRequestException(HubError.TooLarge, $"{name} would have {size} bytes, at most {limit} are allowed");
        }
    }

    /// <summary>Computes the size as IoT Hub does: names and strings by their UTF-8 bytes, a number 8, a boolean 4.</summary>
    public static int SizeOf(JsonNode? node) => node switch
    {
        JsonObject values => values.Sum(p => Encoding.UTF8.GetByteCount(p.Key) + SizeOf(p.Value)),
        JsonArray items => items.Sum(SizeOf),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => Encoding.UTF8.GetByteCount(value.GetValue<string>()),
            JsonValueKind.Number => 8,
            _ => 4,
        },
        _ => 0,
    };

    private static void CheckObject(JsonObject values, string path, int depth, bool inArray)
    {
        foreach (var (name, value) in values)
        {
            CheckName(name, path);
            CheckValue(value, $"{path}.{name}", depth, inArray);
        }
    }

    private static void CheckValue(JsonNode? value, string path, int depth, bool inArray)
    {
        if (value is JsonObject or JsonArray && depth > MaxDepth)
        {
            throw Refuse(path, $"is nested deeper than {MaxDepth} levels");
        }

        switch (value)
        {
            case null when inArray:
                throw Refuse(path, "is null within an array");
            case JsonObject values:
                CheckObject(values, path, depth + 1, inArray);
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    CheckValue(item, $"{path}[]", depth + 1, inArray: true);
                }

                break;
            case JsonValue scalar:
                CheckScalar(scalar, path);
                break;
        }
    }

    private static void CheckScalar(JsonValue value, string path)
    {
        var kind = value.GetValueKind();
        if (kind == JsonValueKind.String && Encoding.UTF8.GetByteCount(value.GetValue<string>()) is var bytes and > MaxStringBytes)
        {
            throw Refuse(path, $"is a string of {bytes} bytes, at most {MaxStringBytes} are allowed");
        }

        if (kind == JsonValueKind.Number && IsIntegerOutOfRange(value.ToJsonString()))
        {
            throw Refuse(path, $"is {value.ToJsonString()}, integers must be {MinInteger} to {MaxInteger}");
        }
    }

    private static bool IsIntegerOutOfRange(string number)
    {
        if (number.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return false;
        }

        return !long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var integer)
            || integer is < MinInteger or > MaxInteger;
    }

    private static void CheckName(string name, string path)
    {
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            throw Refuse(path, $"has a property name that is empty or longer than {MaxNameBytes} bytes");
        }

        if (name.Any(c => c is '.' or '$' or '#' or ' ' || char.IsControl(c)))
        {
            throw Refuse(path, $"has the property name '{name}'; a name must not hold '.', '$', '#', a space or a control character");
        }
    }

    private static HubRequestException Refuse(string path, string what) => new(HubError.ArgumentInvalid, $"{path} {what}");
}
