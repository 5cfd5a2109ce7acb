using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Tests.Settings;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Hosting;

public sealed class GatewayProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_Help_Ends0()
    {
        (await RunAsync("--help")).Should().Be(0);
        _output.ToString().Should().Contain("--settings FILE").And.Contain("Lines:N:Port");
    }

    [Fact]
    public async Task RunAsync_WrongArguments_Ends2AndNamesThem()
    {
        (await RunAsync("--frobnicate", "x")).Should().Be(2);
        _errors.ToString().Should().Contain("'--frobnicate'").And.Contain("'x'");
    }

    [Fact]
    public async Task RunAsync_CheckOfRightSettings_Ends0()
    {
        (await RunAsync("--check", "--settings", Write($$"""
            { "Hub": { "HostName": "h.example" }, "Credentials": { "GroupKeyFile": "{{SettingsText.GroupKeyFile.Value}}" },
              "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x" } ] } ] }
            """))).Should().Be(0);

        _output.ToString().Should().StartWith("The settings are right: lines: 1, microcontrollers: 1");
    }

    [Fact]
    public async Task RunAsync_CheckOfWrongSettings_Ends1WithTheList()
    {
        (await RunAsync("--check", "--settings", Write("""{ "Hub": { "HostName": "h.example", "Port": 0, "Prt": 1 } }"""))).Should().Be(1);

        _errors.ToString().Should().StartWith("The settings have 2 mistakes:")
            .And.Contain("  Hub:Port = '0' (settings.json): expected 1 to 65535")
            .And.Contain("  Hub:Prt = '1' (settings.json): expected a known key: did you mean Port?");
    }

    [Fact]
    public async Task RunAsync_CheckOfMissingFile_Ends1()
    {
        (await RunAsync("--check", "--settings", _folder.File("none.json"))).Should().Be(1);
        _errors.ToString().Should().Contain("expected a file that exists");
    }

    [Fact]
    public async Task RunAsync_HealthWithoutGateway_Ends1AndNamesTheAddress()
    {
        // no server listens on port 1
        (await RunAsync("--health", "--Web:Port=1")).Should().Be(1);
        _errors.ToString().Should().StartWith("http://127.0.0.1:1/healthz cannot be asked: ");
    }

    [Fact]
    public async Task RunAsync_HealthWhereTheEndpointIsOff_Ends0()
    {
        (await RunAsync("--health", "--Web:Enabled=false")).Should().Be(0);
        _output.ToString().Should().StartWith("Web:Enabled is false");
    }

    private Task<int> RunAsync(params string[] args) => new GatewayProgram(_output, _errors).RunAsync(args);

    private string Write(string text)
    {
        File.WriteAllText(_folder.File("settings.json"), text);
        return _folder.File("settings.json");
    }
}
