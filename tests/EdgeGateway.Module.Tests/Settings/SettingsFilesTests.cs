using EdgeGateway.Module.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Module.Tests.Settings;

/// <summary>Sets environment variables, so no other test runs beside it.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SettingsFilesTests : IDisposable
{
    private const string Variable = "EdgeGateway__Hub__OperationTimeout";
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _folder.Dispose();
    }

    [Fact]
    public void Read_FileEnvironmentCommandLine_TheLaterCounts()
    {
        Environment.SetEnvironmentVariable(Variable, "00:00:10");
        var file = Write("""{ /* a comment */ "Hub": { "HostName": "file", "Port": 1, "OperationTimeout": "00:00:05", }, }""");

        var layers = SettingsLayers.Read(file, new Dictionary<string, string> { ["hub:port"] = "2" }, SettingsText.Environment);
        var settings = SettingsReader.Read(layers.Others, SettingsText.Environment).Settings;

        settings.Hub.HostName.Should().Be("file");
        settings.Hub.OperationTimeout.Should().Be(TimeSpan.FromSeconds(10));
        settings.Hub.Port.Should().Be(2);
    }

    [Fact]
    public void Read_MistakeInEachSource_NamesTheSource()
    {
        Environment.SetEnvironmentVariable(Variable, "never");
        var file = Write("""{ "Hub": { "Port": "x" } }""");

        var layers = SettingsLayers.Read(file, new Dictionary<string, string> { ["Hub:KeepAlive"] = "y" }, SettingsText.Environment);
        var errors = SettingsReader.Read(layers.Others, SettingsText.Environment).Errors;

        errors.Select(e => (e.Key, e.Source)).Should().BeEquivalentTo(
            [("Hub:Port", "settings.json"), ("Hub:KeepAlive", "command line"), ("Hub:OperationTimeout", "environment " + Variable)]);
    }

    [Theory]
    [InlineData("{ \"Hub\": ")]
    [InlineData("{ \"Hub\": {}, \"hub\": { \"Port\": 1, \"port\": 2 } }")]
    [InlineData("[]")]
    public void Read_FileThatIsNoJson_SaysSo(string text)
    {
        var file = Write(text);

        var read = () => SettingsLayers.Read(file, new Dictionary<string, string>(), SettingsText.Environment);

        read.Should().Throw<SettingsException>().Which.Errors.Should().ContainSingle()
            .Which.ToString().Should().StartWith($"--settings = '{file}': expected a JSON file that can be read");
    }

    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        var read = () => SettingsLayers.Read(_folder.File("none.json"), new Dictionary<string, string>(), SettingsText.Environment);

        read.Should().Throw<SettingsException>().Which.Errors.Should().ContainSingle().Which.Expected.Should().Be("a file that exists");
    }

    [Fact]
    public void Choose_NamedFile_CountsBeforeDefaults()
    {
        var fallback = Path.Combine(AppContext.BaseDirectory, SettingsFiles.FallbackFile);

        SettingsFiles.Choose("mine.json", _ => true).Should().Be("mine.json");
        SettingsFiles.Choose(null, _ => true).Should().Be("/data/settings.json");
        SettingsFiles.Choose(null, f => f == fallback).Should().Be(fallback);
        SettingsFiles.Choose(null, _ => false).Should().BeNull();
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder.File("settings.json"), text);
        return _folder.File("settings.json");
    }
}
