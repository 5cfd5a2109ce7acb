using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Settings;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Settings;

/// <summary>docs/settings.md tells the truth.</summary>
public sealed class SettingsDocumentTests
{
    private static readonly Lazy<Dictionary<string, string[]>> Rows = new(ReadRows);

    public static TheoryData<string> Keys => new(SettingsShape.Keys().Select(k => k.Name));

    [Fact]
    public void Document_Keys_AreThoseOfTheCode() =>
        Rows.Value.Keys.Should().BeEquivalentTo(SettingsShape.Keys().Select(k => k.Name));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Document_EachKey_HasTypeRangeDefaultAndTwinOfTheCode(string name)
    {
        var key = SettingsShape.Keys().Single(k => k.Name == name);
        var row = Rows.Value[name];

        row[1].Should().Be(TypeText(key.Type), "that is the type");
        row[2].Should().Be(RangeText(key), "that is the range");
        row[3].Should().Be(DefaultText(key), "that is the default");
        row[4].Should().Be(DynamicKeys.Find(name) is null ? "" : "yes", "that is what the twin may do");
        row[5].Length.Should().BeGreaterThan(10, "the meaning is explained");
    }

    [Fact]
    public void DynamicKeys_All_AreKeys() => SettingsShape.Keys().Select(k => k.Name).Should().Contain(DynamicKeys.All);

    private static string TypeText(Type type)
    {
        var text = ScalarText.Describe(type);
        return text switch
        {
            "a whole number" or "a number" or "a URL" => text[2..],
            _ when text.StartsWith("a duration", StringComparison.Ordinal) => "duration",
            _ => text,
        };
    }

    private static string RangeText(SettingsShape.Key key) =>
        key.Property?.GetCustomAttribute<RangeAttribute>() is { } range ? AnnotationCheck.Describe(range) : "";

    private static string DefaultText(SettingsShape.Key key) => key.Default switch
    {
        null => "none",
        "" => key.Property?.GetCustomAttribute<RequiredAttribute>() is null ? "none" : "required",
        _ => $"`{ScalarText.Format(key.Default)}`",
    };

    private static Dictionary<string, string[]> ReadRows() => File.ReadLines(RepositoryFile.Find("docs/settings.md"))
        .Where(l => l.StartsWith("| `", StringComparison.Ordinal) && l.Contains(':', StringComparison.Ordinal))
        .Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1])
        .Where(c => c.Length == 6)
        .ToDictionary(c => c[0].Trim('`'));
}
