using System.Text.Json.Nodes;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Module.Tests.Dynamic;

public sealed class DynamicSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SettingsLayers _layers;
    private readonly DynamicSettings _settings;

    public DynamicSettingsTests() => (_layers, _settings) = Start("""{ "Firmware": { "MaxAttempts": 7 } }""");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_GoodWishes_AreInForce()
    {
        var state = Apply("""{ "schemaVersion": 1, "firmware": { "maxAttempts": 3, "retryBase": "00:01:00" }, "Module": { "Paused": true } }""", 5);

        state.Should().BeEquivalentTo(new SettingsState(5, 5, []));
        _layers.Twin.TryGet("Firmware:MaxAttempts", out var attempts).Should().BeTrue();
        attempts.Should().Be("3");
        _layers.Twin.TryGet("Module:Paused", out var paused).Should().BeTrue();
        paused.Should().Be("true");
    }

    [Theory]
    [InlineData("""{ "schemaVersion": 2 }""", "schemaVersion = '2' (module twin): expected 1, the form that this gateway reads")]
    [InlineData("""{ "firmware": { "maxAttempts": 0 } }""", "Firmware:MaxAttempts = '0' (module twin): expected 1 to 100")]
    [InlineData("""{ "firmware": { "maxAttempts": "few" } }""", "Firmware:MaxAttempts = 'few' (module twin): expected a whole number")]
    [InlineData("""{ "firmware": { "retryMax": "00:00:01" } }""", "Firmware:RetryMax = '00:00:01' (module twin): expected at least Firmware:RetryBase, 00:00:15")]
    [InlineData("""{ "firmware": { "maxAtempts": 3 } }""", "firmware:maxAtempts = '3' (module twin): expected a known key: did you mean Firmware:MaxAttempts?")]
    [InlineData("""{ "firmware": 3 }""", "firmware = '3' (module twin): expected a known key: *")]
    [InlineData("""{ "firmware": { "maxAttempts": { "a": 1 } } }""", "Firmware:MaxAttempts = '*' (module twin): expected a whole number")]
    public void Apply_Mistake_LeavesTheLastGoodOneAndNamesIt(string wishes, string expected)
    {
        Apply("""{ "firmware": { "maxAttempts": 4 } }""", 5);

        var state = Apply(wishes, 6);

        state.Version.Should().Be(6);
        state.InForce.Should().Be(5);
        state.Errors.Should().ContainSingle().Which.ToString().Should().Match(expected);
        _layers.Twin.TryGet("Firmware:MaxAttempts", out var attempts).Should().BeTrue();
        attempts.Should().Be("4");
    }

    [Theory]
    [InlineData("""{ "firmware": { "allowUnsigned": true } }""")]
    [InlineData("""{ "hub": { "hostName": "evil.example" } }""")]
    [InlineData("""{ "credentials": { "groupKeyFile": "/etc/passwd" } }""")]
    [InlineData("""{ "module": { "dataFolder": "/" } }""")]
    public void Apply_KeyThatGuardsTheSite_IsRefused(string wishes) => Apply(wishes, 2).Errors.Should().NotBeEmpty();

    [Fact]
    public void Apply_SeveralMistakes_AreAllNamedAndNothingIsTaken()
    {
        var state = Apply("""{ "firmware": { "maxAttempts": 0, "pingInterval": "00:00:05" }, "content": { "maxBytes": 1 }, "x": 1 }""", 2);

        state.Errors.Should().HaveCount(3);
        state.InForce.Should().BeNull();
        _layers.Twin.TryGet("Firmware:PingInterval", out _).Should().BeFalse();
    }

    [Fact]
    public void Apply_GoodAfterBad_Recovers()
    {
        Apply("""{ "firmware": { "maxAttempts": 0 } }""", 2);

        Apply("""{ "firmware": { "maxAttempts": 9 } }""", 3).Should().BeEquivalentTo(new SettingsState(3, 3, []));
    }

    [Fact]
    public void Apply_KeyRemoved_FallsBackToTheFile()
    {
        Apply("""{ "firmware": { "maxAttempts": 9 } }""", 2);
        Apply("{}", 3);

        _layers.Twin.TryGet("Firmware:MaxAttempts", out _).Should().BeFalse();
    }

    [Fact]
    public void Restore_AfterRestartWithoutHub_BringsTheLastGoodOne()
    {
        Apply("""{ "firmware": { "maxAttempts": 9 } }""", 2);
        Apply("""{ "firmware": { "maxAttempts": 0 } }""", 3);
        var (layers, settings) = Start("{}");

        settings.Restore();

        settings.State.InForce.Should().Be(2);
        layers.Twin.TryGet("Firmware:MaxAttempts", out var attempts).Should().BeTrue();
        attempts.Should().Be("9");
    }

    [Fact]
    public void Restore_KeptWishesThatNoLongerFit_AreLeftOut()
    {
        Apply("""{ "firmware": { "retryMax": "00:01:00" } }""", 2);
        var (layers, settings) = Start("""{ "Firmware": { "RetryBase": "00:05:00" } }""");

        settings.Restore();

        settings.State.InForce.Should().BeNull();
        layers.Twin.TryGet("Firmware:RetryMax", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ half")]
    [InlineData("{}")]
    public void Restore_FileThatIsNone_IsPassedOver(string text)
    {
        File.WriteAllText(_folder.File("kept.json"), text);
        var (_, settings) = Start("{}");

        settings.Restore();

        settings.State.InForce.Should().BeNull();
    }

    private SettingsState Apply(string wishes, long version) =>
        _settings.Apply(DesiredSettings.Read(new JsonObject { ["settings"] = JsonNode.Parse(wishes) }), version);

    private (SettingsLayers Layers, DynamicSettings Settings) Start(string file)
    {
        File.WriteAllText(_folder.File("settings.json"), file);
        var layers = SettingsLayers.Read(_folder.File("settings.json"), new Dictionary<string, string>(), SettingsText.Environment);
        var kept = new DynamicSettingsFile(_folder.File("kept.json"), NullLogger<DynamicSettingsFile>.Instance);
        return (layers, new DynamicSettings(layers, kept, NullLogger<DynamicSettings>.Instance));
    }
}
