using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Module.Methods;

/// <summary>Reads the payload of a call, or an object in it, field by field. Never throws; collects every mistake.</summary>
internal sealed class MethodArguments
{
    private readonly string _path;
    private readonly List<ArgumentError> _errors;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<MethodArguments> _children = [];
    private readonly ArgumentError? _unreadable;

    /// <param name="payload">The payload as sent; null is the same as an empty object.</param>
    public MethodArguments(JsonNode? payload)
        : this("", [])
    {
        try
        {
            if (payload is not null)
            {
                Take(JsonSerializer.SerializeToElement(payload));
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // duplicate names, and texts that are not Unicode, are found only while reading
            _unreadable = new ArgumentError("", $"The payload cannot be read: {e.Message}");
        }
    }

    private MethodArguments(string path, List<ArgumentError> errors) => (_path, _errors) = (path, errors);

    /// <summary>Gets the names that were read, in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Reads a text; null where it is absent or wrong.</summary>
    public string? Text(string name, bool required = false, int maxLength = 256)
    {
        if (Find(name) is not { } value)
        {
            if (required)
            {
                Add(name, "is missing; a text is expected");
            }

            return null;
        }

        if (TextOf(value) is { } text && text.Length <= maxLength && (text.Length > 0 || !required))
        {
            return text;
        }

        AddWrong(name, value, $"a text of {(required ? "1" : "0")} to {maxLength} characters");
        return null;
    }

    /// <summary>Reads one of some texts, in upper or lower case.</summary>
    public string Choice(string name, string otherwise, params string[] choices)
    {
        if (Find(name) is not { } value)
        {
            return otherwise;
        }

        if (choices.FirstOrDefault(c => string.Equals(c, TextOf(value), StringComparison.OrdinalIgnoreCase)) is { } choice)
        {
            return choice;
        }

        AddWrong(name, value, string.Join(" or ", choices));
        return otherwise;
    }

    /// <summary>Reads a whole number within bounds; null where it is absent or wrong.</summary>
    public int? Integer(string name, int min, int max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        AddWrong(name, value, $"a whole number from {min} to {max}");
        return null;
    }

    /// <summary>Reads a text, or the digits of a number; null where it is absent or wrong.</summary>
    public string? TextOrNumber(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if ((value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value)) is { Length: > 0 and <= 64 } text)
        {
            return text;
        }

        AddWrong(name, value, "a text of 1 to 64 characters or a number");
        return null;
    }

    /// <summary>Reads a list of texts; null where it is absent or wrong.</summary>
    public IReadOnlyList<string>? Texts(string name, int max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is var count && count >= 1 && count <= max
            && value.EnumerateArray().Select(TextOf).ToList() is var texts && texts.TrueForAll(t => t is { Length: > 0 and <= 256 }))
        {
            return texts!;
        }

        AddWrong(name, value, $"a list of 1 to {max} texts of 1 to 256 characters");
        return null;
    }

    /// <summary>Returns true where the field is present, with any value. Does not count as reading it.</summary>
    public bool Has(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Reads an object as JSON; null where it is absent or wrong.</summary>
    public JsonObject? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return JsonObject.Create(value.Clone());
        }

        AddWrong(name, value, "an object");
        return null;
    }

    /// <summary>Reads an object; an empty one where it is absent or wrong.</summary>
    public MethodArguments Section(string name)
    {
        var section = Child(Join(name));
        if (Find(name) is { } value)
        {
            section.Take(value);
        }

        return section;
    }

    /// <summary>Reads a list of objects, which is required.</summary>
    public IReadOnlyList<MethodArguments> Sections(string name, int max)
    {
        if (Find(name) is not { } value)
        {
            Add(name, $"is missing; a list of 1 to {max} objects is expected");
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 || value.GetArrayLength() > max)
        {
            AddWrong(name, value, $"a list of 1 to {max} objects");
            return [];
        }

        var sections = new List<MethodArguments>();
        foreach (var item in value.EnumerateArray())
        {
            var section = Child($"{Join(name)}[{sections.Count}]");
            section.Take(item);
            sections.Add(section);
        }

        return sections;
    }

    /// <summary>Adds a mistake in a field whose form is right.</summary>
    public void Add(string name, string text) => _errors.Add(new ArgumentError(Join(name), $"{Join(name)} {text}."));

    /// <summary>Returns every mistake, and each field that the method does not know.</summary>
    public IReadOnlyList<ArgumentError> Finish()
    {
        if (_unreadable is not null)
        {
            return [_unreadable];
        }

        foreach (var name in _fields.Keys.Except(_names, StringComparer.Ordinal))
        {
            Add(name, _names.Count == 0 ? "is unknown; no argument is expected" : $"is unknown; known are {string.Join(", ", _names)}");
        }

        _children.ForEach(c => c.Finish());
        return _errors;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair: no text
        }
    }

    private void Take(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            _errors.Add(new ArgumentError(_path, $"{(_path.Length == 0 ? "The payload" : _path)} is {Show(value)}; an object is expected."));
            return;
        }

        foreach (var field in value.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value))
            {
                Add(field.Name, "is there twice");
            }
        }
    }

    private MethodArguments Child(string path)
    {
        var child = new MethodArguments(path, _errors);
        _children.Add(child);
        return child;
    }

    /// <summary>Finds a field; null is the same as absent.</summary>
    private JsonElement? Find(string name)
    {
        _names.Add(name);
        return _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private void AddWrong(string name, JsonElement value, string expected) => Add(name, $"is {Show(value)}; {expected} is expected");

    private string Join(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 60), "...");
    }
}

/// <summary>A mistake in the payload of a call.</summary>
/// <param name="Field">Where, such as <c>items[0].filter.tail</c>; empty for the payload itself.</param>
/// <param name="Text">What is wrong and what is expected, in plain words.</param>
internal sealed record ArgumentError(string Field, string Text);
