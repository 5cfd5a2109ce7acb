using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Firmware.DeviceUpdate;

/// <summary>Reads the fields of one JSON object and notes every mistake with its path instead of throwing at the first.</summary>
internal sealed class FieldReader
{
    private const int LongestShown = 64;

    private readonly JsonElement _object;
    private readonly List<FieldError> _errors;

    private FieldReader(JsonElement element, string path, List<FieldError> errors)
    {
        _object = element;
        Path = path;
        _errors = errors;
    }

    public string Path { get; }

    /// <summary>Names of the fields that hold something.</summary>
    public IEnumerable<string> Names =>
        _object.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p => p.Name);

    /// <summary>A reader for the object, or null, with an error noted, if it is none.</summary>
    public static FieldReader? Object(JsonElement element, string path, List<FieldError> errors)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new FieldReader(element, path, errors);
        }

        errors.Add(new FieldError(path, Show(element), "an object"));
        return null;
    }

    /// <summary>The same object, noting into another list.</summary>
    public FieldReader Into(List<FieldError> errors) => new(_object, Path, errors);

    public string PathOf(string name) => $"{Path}.{name}";

    /// <summary>Notes that what the field holds is not what was expected.</summary>
    public void Add(string name, string expected) =>
        _errors.Add(new FieldError(PathOf(name), Optional(name) is { } value ? Show(value) : "missing", expected));

    /// <summary>The field, or null where it is absent or null.</summary>
    public JsonElement? Optional(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The text of a field; null, with an error noted, if it is no text, or empty, or missing though required.</summary>
    public string? Text(string name, bool required)
    {
        var value = Optional(name);
        if (value is null && !required)
        {
            return null;
        }

        if (value is { ValueKind: JsonValueKind.String } && Decode(value.Value) is { Length: > 0 } text)
        {
            return text;
        }

        Add(name, "a text that is not empty");
        return null;
    }

    /// <summary>The whole number of a required field; null, with an error noted, if it is none or out of range.</summary>
    public long? Integer(string name, long least, long most)
    {
        if (Optional(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Add(name, most == long.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number of {least} or more")
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>As <see cref="Integer"/>, but may be absent.</summary>
    public long? OptionalInteger(string name, long least, long most) =>
        Optional(name) is null ? null : Integer(name, least, most);

    /// <summary>A reader for a required object; null, with an error noted, if it is none.</summary>
    public FieldReader? Child(string name)
    {
        if (Optional(name) is { } value)
        {
            return Object(value, PathOf(name), _errors);
        }

        Add(name, "an object");
        return null;
    }

    /// <summary>As <see cref="Child"/>, but may be absent.</summary>
    public FieldReader? OptionalChild(string name) => Optional(name) is null ? null : Child(name);

    /// <summary>
    /// The elements of a required list, each with its path; none, with an error noted, if it is no list or its length is out of range.
    /// </summary>
    public IReadOnlyList<(JsonElement Element, string Path)> Array(string name, int least, int most)
    {
        if (Optional(name) is { ValueKind: JsonValueKind.Array } value && value.GetArrayLength() >= least && value.GetArrayLength() <= most)
        {
            return [.. value.EnumerateArray().Select((e, i) => (e, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]")))];
        }

        Add(name, string.Create(CultureInfo.InvariantCulture, $"a list of {least} to {most} elements"));
        return [];
    }

    /// <summary>The text; null where its escapes make no Unicode.</summary>
    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A value for people, shortened.</summary>
    public static string Show(JsonElement value)
    {
        var text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "...");
    }
}

/// <summary>A mistake in what the cloud sent: which field, what it holds, what was expected.</summary>
/// <param name="Path">JSON path of the field, such as <c>deviceUpdate.service.workflow.id</c>.</param>
/// <param name="Value">What it holds, shortened; <c>missing</c> where there is nothing.</param>
/// <param name="Expected">What would have been right.</param>
public sealed record FieldError(string Path, string Value, string Expected)
{
    public override string ToString() => $"{Path} is {Value}; expected {Expected}";
}
