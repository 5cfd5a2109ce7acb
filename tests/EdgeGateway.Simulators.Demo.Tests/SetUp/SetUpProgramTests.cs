using System.Net;
using System.Text.Json;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.SetUp;
using EdgeGateway.Simulators.Demo.Tests.Hub;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.SetUp;

public sealed class SetUpProgramTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private FakeHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await FakeHub.StartAsync();
        foreach (var path in new[] { "edge-demo", "edge-demo/modules/identity-gateway", "mcu-01", "mcu-02" })
        {
            _hub.Answers[$"PUT /devices/{path}"] = (HttpStatusCode.OK, "{}");
        }

        Directory.CreateDirectory(_folder.File("hub"));
        Directory.CreateDirectory(_folder.File("out"));
        await File.WriteAllTextAsync(_folder.File("hub/ca.pem"), _hub.Authority.ExportCertificatePem());
    }

    public Task DisposeAsync() => _hub.DisposeAsync().AsTask();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Run_HubReady_WritesWhatTheGatewayNeeds()
    {
        WriteReady();

        (await RunAsync()).Should().Be(DemoProgram.Success, "{0}", _errors);

        var settings = JsonSerializer.Deserialize<JsonElement>(Read(SiteFiles.Settings));
        settings.GetProperty("Hub").GetProperty("HostName").GetString().Should().Be("hub");
        settings.GetProperty("Hub").GetProperty("TrustedCaFile").GetString().Should().Be("/config/ca.pem");
        settings.GetProperty("Lines").EnumerateArray().Select(line => line.GetProperty("Port").GetString()).Should().Equal("tcp://mcus:7001", "tcp://mcus:7002");
        Read(SiteFiles.ConnectionString).Should().Be($"HostName=hub;DeviceId=edge-demo;ModuleId=identity-gateway;SharedAccessKey={Read(SiteFiles.ModuleKey)}");
        var registered = _hub.Calls.Single(call => call.Call.StartsWith("PUT /devices/mcu-02", StringComparison.Ordinal));
        registered.Body.Should().Contain(JsonEncodedText.Encode(DeviceKey.Derive(Read(SiteFiles.GroupKey), "mcu-02")).ToString());
        Directory.GetFiles(_folder.File("out")).Should().HaveCount(5)
            .And.OnlyContain(file => new FileInfo(file).UnixFileMode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Run_Again_KeepsTheKeys()
    {
        WriteReady();
        await RunAsync();
        var keys = (Read(SiteFiles.GroupKey), Read(SiteFiles.ModuleKey));

        (await RunAsync()).Should().Be(DemoProgram.Success, "{0}", _errors);

        (Read(SiteFiles.GroupKey), Read(SiteFiles.ModuleKey)).Should().Be(keys);
    }

    [Fact]
    public async Task Run_NoHub_SaysWhatIsMissing()
    {
        (await RunAsync()).Should().Be(DemoProgram.Failure);

        _errors.ToString().Should().StartWith("The site was not set up: ").And.Contain("ready.json");
    }

    private Task<int> RunAsync() => new SetUpProgram(_output, _errors, TimeProvider.System).RunAsync(
        new SetUpOptions
        {
            HubData = new DirectoryInfo(_folder.File("hub")),
            Service = _hub.Address,
            Output = new DirectoryInfo(_folder.File("out")),
            SeenAt = "/config",
            FirstLine = new Uri("tcp://mcus:7001"),
            Mcus = 2,
            McusPerBus = 1,
            Baud = 115200,
        },
        CancellationToken.None);

    private void WriteReady() => File.WriteAllText(_folder.File("hub/ready.json"), """
        {"mqtt":"0.0.0.0:8883","https":"https://0.0.0.0:8443","hostName":"hub","ca":"/data/ca.pem",
         "connectionString":"HostName=hub;SharedAccessKeyName=iothubowner;SharedAccessKey=c2VjcmV0"}
        """);

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.File("out"), name));
}
