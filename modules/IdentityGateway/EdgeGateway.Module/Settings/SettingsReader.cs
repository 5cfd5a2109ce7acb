using System.Collections;
using System.Globalization;
using System.Reflection;
using EdgeGateway.Module.Settings.Rules;

namespace EdgeGateway.Module.Settings;

/// <summary>
/// Reads the settings and finds every mistake at once: unknown keys, values of the wrong type, annotations, rules between keys.
/// The framework's own binder stops at the first mistake and is silent about unknown keys.
/// </summary>
public static class SettingsReader
{
    private static readonly ISettingsRule[] Rules =
        [new LinesRule(), new HubRule(), new CredentialsRule(), new FilesRule(), new WaitsRule(), new ParentRule(), new EndpointRule()];

    /// <summary>Reads all sections.</summary>
    /// <param name="configuration">Files, environment, command line and module twin, laid over each other.</param>
    /// <param name="environment">What the IoT Edge runtime tells.</param>
    public static SettingsReading Read(IConfiguration configuration, RuntimeEnvironment environment)
    {
        var reading = new SettingsReading(environment, key => SettingsSources.NameOf(configuration, key));
        ReadObject(reading, reading.Settings, "", configuration.GetChildren());
        AnnotationCheck.Check(reading, reading.Settings);
        foreach (var rule in Rules)
        {
            rule.Check(reading);
        }

        return reading;
    }

    private static void ReadObject(SettingsReading reading, object target, string key, IEnumerable<IConfigurationSection> children)
    {
        reading.Remember(target, key);
        var properties = SettingsShape.PropertiesOf(target.GetType());
        foreach (var section in properties.Where(p => !ScalarText.IsScalar(p.PropertyType) && SettingsShape.ItemOf(p.PropertyType) is null))
        {
            reading.Remember(section.GetValue(target)!, SettingsReading.Join(key, section.Name));
        }

        foreach (var child in children)
        {
            var property = properties.FirstOrDefault(p => string.Equals(p.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                reading.Add(SettingsReading.Join(key, child.Key), child.Value, Suggestion.For(child.Key, properties.Select(p => p.Name)));
            }
            else
            {
                ReadProperty(reading, target, property, SettingsReading.Join(key, property.Name), child);
            }
        }
    }

    private static void ReadProperty(
        SettingsReading reading, object target, PropertyInfo property, string key, IConfigurationSection section)
    {
        if (ScalarText.IsScalar(property.PropertyType))
        {
            ReadScalar(reading, property.PropertyType, key, section, v => property.SetValue(target, v));
            return;
        }

        if (SettingsShape.ItemOf(property.PropertyType) is not { } item)
        {
            if (section.Value is { Length: > 0 } text)
            {
                reading.Add(key, text, "a section of keys, not one value");
            }

            ReadObject(reading, property.GetValue(target)!, key, section.GetChildren());
            return;
        }

        if (section.Value is { Length: > 0 } value)
        {
            reading.Add(key, value, "a list: [...]");
        }

        foreach (var child in section.GetChildren())
        {
            if (int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                ReadItem(reading, (IList)property.GetValue(target)!, item, SettingsReading.Join(key, child.Key), child);
            }
            else
            {
                reading.Add(SettingsReading.Join(key, child.Key), child.Value, $"a number from 0, as {key} is a list: [...]");
            }
        }
    }

    private static void ReadItem(SettingsReading reading, IList list, Type item, string key, IConfigurationSection section)
    {
        if (ScalarText.IsScalar(item))
        {
            ReadScalar(reading, item, key, section, v => list.Add(v));
            return;
        }

        if (section.Value is { Length: > 0 } text)
        {
            reading.Add(key, text, "a section of keys, not one value");
        }

        var value = Activator.CreateInstance(item)!;
        ReadObject(reading, value, key, section.GetChildren());
        list.Add(value);
    }

    private static void ReadScalar(SettingsReading reading, Type type, string key, IConfigurationSection section, Action<object?> set)
    {
        if (section.GetChildren().Any())
        {
            reading.Add(key, null, $"{ScalarText.Describe(type)}, not a list or section");
        }
        else if (section.Value is null)
        {
            if (type.IsValueType && Nullable.GetUnderlyingType(type) is null)
            {
                reading.Add(key, "null", ScalarText.Describe(type));
            }
        }
        else if (ScalarText.TryRead(type, section.Value, out var value))
        {
            set(value);
        }
        else
        {
            reading.Add(key, section.Value, ScalarText.Describe(type));
        }
    }
}
