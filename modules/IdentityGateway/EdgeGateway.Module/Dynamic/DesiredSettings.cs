using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Dynamic;

/// <summary>The desired property <c>settings</c> of the module twin: <c>{"schemaVersion": 1, "firmware": {"maxAttempts": 3}}</c>.</summary>
/// <param name="Values">Keys of the settings file and what is asked for.</param>
/// <param name="Errors">What is not understood.</param>
internal sealed record DesiredSettings(IReadOnlyDictionary<string, string?> Values, IReadOnlyList<SettingsError> Errors)
{
    /// <summary>Version of the schema that this gateway reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Name of the property.</summary>
    public const string Property = "settings";

    private const string SchemaProperty = "schemaVersion";

    private const string Source = "module twin";

    /// <summary>Reads the property; absent is the same as empty.</summary>
    public static DesiredSettings Read(JsonObject desired)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var errors = new List<SettingsError>();
        if (desired[Property] is JsonObject settings)
        {
            ReadSection(settings, "", values, errors);
        }
        else if (desired[Property] is { } other)
        {
            errors.Add(new SettingsError(Property, other.ToJsonString(), "an object", Source));
        }

        return new DesiredSettings(values, errors);
    }

    private static void ReadSection(JsonObject section, string prefix, Dictionary<string, string?> values, List<SettingsError> errors)
    {
        foreach (var (name, value) in section)
        {
            var key = SettingsReading.Join(prefix, name);
            if (value is null || (prefix.Length == 0 && name == "__t"))
            {
                continue;
            }

            if (prefix.Length == 0 && name == SchemaProperty)
            {
                CheckSchema(value, errors);
            }
            else if (value is JsonObject inner && prefix.Length == 0)
            {
                ReadSection(inner, key, values, errors);
            }
            else if (DynamicKeys.Find(key) is not { } known)
            {
                errors.Add(new SettingsError(key, SecretKeys.Mask(key, Text(value)), Suggestion.For(key, DynamicKeys.All), Source));
            }
            else if (!values.TryAdd(known, Text(value)))
            {
                errors.Add(new SettingsError(key, Text(value), "each setting once", Source));
            }
        }
    }

    private static void CheckSchema(JsonNode value, List<SettingsError> errors)
    {
        if (value is not JsonValue number || !number.TryGetValue<int>(out var version) || version != SchemaVersion)
        {
            errors.Add(new SettingsError(SchemaProperty, Text(value), $"{SchemaVersion}, the form that this gateway reads", Source));
        }
    }

    private static string Text(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
