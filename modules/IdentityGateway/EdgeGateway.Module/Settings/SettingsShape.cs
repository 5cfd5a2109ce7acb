using System.Reflection;

namespace EdgeGateway.Module.Settings;

/// <summary>Lists the keys of the settings from the options classes: for the reader, for the help and for the test of docs/settings.md.</summary>
internal static class SettingsShape
{
    /// <summary>One key of the settings.</summary>
    /// <param name="Name">Full key; a list's index is <c>N</c>: <c>Lines:N:Port</c>.</param>
    /// <param name="Type">Type of its value.</param>
    /// <param name="Default">Value where nothing is set.</param>
    /// <param name="Property">The property it stands for; null for an entry of a list of values.</param>
    public sealed record Key(string Name, Type Type, object? Default, PropertyInfo? Property);

    /// <summary>Returns the properties that can be set or filled, in the order of their declaration, those of the base class first.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && (p.SetMethod is { IsPublic: true } || ItemOf(p.PropertyType) is not null))
            .OrderBy(p => Depth(p.DeclaringType!)),
    ];

    /// <summary>Returns the type of the elements of a list; null for other types.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(List<>) || type.GetGenericTypeDefinition() == typeof(IList<>))
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>Returns every key.</summary>
    public static IEnumerable<Key> Keys() => KeysOf(new GatewaySettings(), "");

    private static IEnumerable<Key> KeysOf(object defaults, string prefix)
    {
        foreach (var property in PropertiesOf(defaults.GetType()))
        {
            var name = SettingsReading.Join(prefix, property.Name);
            var value = property.GetValue(defaults);
            if (ScalarText.IsScalar(property.PropertyType))
            {
                yield return new Key(name, property.PropertyType, value, property);
                continue;
            }

            var item = ItemOf(property.PropertyType);
            if (item is not null && ScalarText.IsScalar(item))
            {
                yield return new Key(name + ":N", item, null, null);
                continue;
            }

            foreach (var key in KeysOf(item is null ? value! : Activator.CreateInstance(item)!, item is null ? name : name + ":N"))
            {
                yield return key;
            }
        }
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
