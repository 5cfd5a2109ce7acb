using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace EdgeGateway.Module.Settings;

/// <summary>
/// Checks the annotations of options classes, all of them and in depth; the framework's own validator stops at the first level.
/// </summary>
internal static class AnnotationCheck
{
    public static void Check(SettingsReading reading, object target)
    {
        foreach (var property in SettingsShape.PropertiesOf(target.GetType()))
        {
            var value = property.GetValue(target);
            CheckProperty(reading, target, property, value);
            foreach (var part in Parts(value))
            {
                Check(reading, part);
            }
        }

        if (target is IValidatableObject whole)
        {
            CheckWhole(reading, target, whole);
        }
    }

    /// <summary>Describes the values that an attribute accepts.</summary>
    public static string Describe(ValidationAttribute attribute) => attribute switch
    {
        RangeAttribute { Maximum: >= long.MaxValue or >= (double)long.MaxValue } range => $"{Bound(range, range.Minimum)} or more",
        RangeAttribute range => $"{Bound(range, range.Minimum)} to {Bound(range, range.Maximum)}",
        RequiredAttribute => "a value",
        RegularExpressionAttribute pattern => $"text like {pattern.Pattern}",
        _ => attribute.FormatErrorMessage("it"),
    };

    /// <summary>Formats a bound. A range of durations has text until it is first used.</summary>
    private static string Bound(RangeAttribute range, object bound) => ScalarText.Format(
        range.OperandType == typeof(TimeSpan) && bound is string text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : bound);

    private static void CheckProperty(SettingsReading reading, object target, PropertyInfo property, object? value)
    {
        var key = reading.KeyOf(target, property.Name);
        if (reading.HasErrorAt(key))
        {
            return;
        }

        var context = new ValidationContext(target) { MemberName = property.Name, DisplayName = property.Name };
        foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (attribute.GetValidationResult(value, context) != ValidationResult.Success)
            {
                reading.Add(key, Text(value), Describe(attribute));
                return;
            }
        }
    }

    private static void CheckWhole(SettingsReading reading, object target, IValidatableObject whole)
    {
        foreach (var result in whole.Validate(new ValidationContext(target)))
        {
            var property = result.MemberNames.FirstOrDefault();
            var key = property is null ? reading.KeyOf(target, "") : reading.KeyOf(target, property);
            if (!reading.HasErrorAt(key))
            {
                var value = property is null ? null : target.GetType().GetProperty(property)?.GetValue(target);
                reading.Add(key, Text(value), $"no contradiction: {result.ErrorMessage}");
            }
        }
    }

    private static IEnumerable<object> Parts(object? value) => value switch
    {
        null => [],
        _ when ScalarText.IsScalar(value.GetType()) => [],
        IEnumerable list => list.Cast<object>().Where(v => !ScalarText.IsScalar(v.GetType())),
        _ => [value],
    };

    private static string? Text(object? value) => value is null or "" ? null : ScalarText.Format(value);
}
