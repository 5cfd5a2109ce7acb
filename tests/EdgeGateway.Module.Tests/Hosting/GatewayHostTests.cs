using System.Text.Json.Nodes;
using EdgeGateway.Content;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tests.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Tests.Hosting;

/// <summary>The whole module, as composed, with fakes where it touches hub, lines and workflows.</summary>
public sealed class GatewayHostTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly FakeWorkflows _workflows = new();
    private readonly FakeConnections _connections = new();
    private readonly FakePorts _ports = new();
    private readonly CapturedLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_TwoMicrocontrollers_ConnectsBothAndTheModule()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await _workflows.NextAsync();
        await _workflows.NextAsync();

        _connections.All.Select(c => c.Identity.ToString()).Should().BeEquivalentTo("edge/gateway", "mcu-1", "mcu-2");
        _connections.All.Should().OnlyContain(c => c.Started);
        _connections["edge/gateway"].Reported["gateway"]!["mcus"]!["total"]!.GetValue<int>().Should().Be(2);
        await host.StopAsync();
        _connections.All.Should().OnlyContain(c => c.Disposed);
        _ports.Disposed.Should().BeTrue();
    }

    [Theory]
    [InlineData("parent", "2", true)]
    [InlineData("parent", "3", false)]
    [InlineData("hub.example", "2", false)]
    public async Task Start_ThroughAGatewayHost_WarnsWhereItAcceptsTooFew(string gatewayHost, string limit, bool warns)
    {
        using var host = Build(SettingsText.Environment, new() { ["Hub:GatewayHostName"] = gatewayHost, ["Hub:GatewayMaxClients"] = limit });
        await host.StartAsync();
        await host.StopAsync();

        _log.Lines.Any(l => l.StartsWith("Warning: More identities connect through the gateway host") && l.Contains("MaxConnectedClients") && l.Contains("Clients=3 GatewayHost=parent")).Should().Be(warns);
    }

    [Fact]
    public async Task Start_FilesOfMicrocontrollersThatAreGone_AreRemoved()
    {
        var reports = Directory.CreateDirectory(Path.Combine(_folder.Path, "outbox", "reports")).FullName;
        File.WriteAllText(Path.Combine(reports, "mcu-1.json"), "{}");
        File.WriteAllText(Path.Combine(reports, "mcu-9.json"), "{}");

        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await host.StopAsync();

        Directory.GetFiles(reports).Select(Path.GetFileName).Should().Equal("mcu-1.json");
        _log.Lines.Should().Contain(l => l.StartsWith("Information: Stored reports removed: the microcontrollers are no longer in the settings. Mcus=mcu-9"));
    }

    [Fact]
    public async Task Start_Always_LogsItsSettings()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await host.StopAsync();

        _log.Lines.Should().Contain(l => l.StartsWith("Information: EdgeGateway ") && l.Contains(_folder.Path))
            .And.Contain("Information: Line is configured. Port=/dev/a Baud=9600 Kind=bus Mcus=mcu-1 at 1, mcu-2 at 2")
            .And.Contain("Information: Module has an identity at the hub. Identity=edge/gateway")
            .And.Contain(l => l.StartsWith("Warning: Firmware:AllowUnsigned is set"));
        _log.Lines.Should().NotContain(l => l.Contains("AAAA") || l.Contains(File.ReadAllText(SettingsText.GroupKeyFile.Value)));
    }

    [Fact]
    public async Task Start_WithoutModuleIdentity_ServesTheMicrocontrollersAndSaysSo()
    {
        using var host = Build(RuntimeEnvironment.Empty);
        await host.StartAsync();

        _connections.All.Select(c => c.Identity.ToString()).Should().BeEquivalentTo("mcu-1", "mcu-2");
        _log.Lines.Should().Contain(l => l.StartsWith("Warning: Module has no identity of its own"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Run_OneWorkflowCrashes_TheOtherGoesOn()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        var first = await _workflows.NextAsync();
        var second = await _workflows.NextAsync();

        first.Crash("a bug");
        await _time.WaitForTimerAsync(new ModuleOptions().CrashRestartDelay);
        second.Observer.OnStatus(new McuStatus { Id = second.Id, Phase = UpdatePhase.Succeeded });

        _connections[second.Id.Value].Reported["gateway"]!["phase"]!.GetValue<string>().Should().Be("Succeeded");
        _connections[first.Id.Value].Reported["gateway"]!["lastError"]!["reason"]!.GetValue<string>().Should().Be("Internal");
        _log.Lines.Should().Contain(l => l.StartsWith($"Error: The work for {first.Id} crashed"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Run_MicrocontrollerWithoutKey_IsListedInTheModuleTwin()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await _connections["mcu-2"].Handler.OnConnectionAsync(
            new ConnectionStatus(ConnectionState.Connecting, HubFailure.Unauthorized, "There is no key for 'mcu-2'."), CancellationToken.None);
        _time.Advance(ModuleUnit.FleetInterval);

        var problems = await ReportedAsync("edge/gateway", r => r["gateway"]?["problems"] as JsonArray is { Count: 1 } list ? list : null);

        problems[0]!.ToJsonString().Should().Be("""{"mcu":"mcu-2","reason":"Unauthorized","message":"There is no key for \u0027mcu-2\u0027."}""");
        await host.StopAsync();
    }

    [Fact]
    public async Task Twin_GoodSettings_ReachTheOptionsAndAreAcknowledged()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await _connections["edge/gateway"].SendTwinAsync("""{ "settings": { "firmware": { "maxAttempts": 3 }, "module": { "logLevel": "debug" } } }""", 5);
        _time.Advance(TimeSpan.FromSeconds(1));

        host.Services.GetRequiredService<IOptionsMonitor<FirmwareOptions>>().CurrentValue.MaxAttempts.Should().Be(3);
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EdgeGateway.X").IsEnabled(LogLevel.Debug).Should().BeTrue();
        _connections["edge/gateway"].Reported["settings"]!.ToJsonString().Should().Be("""{"status":"applied","version":5,"inForce":5,"errors":[]}""");
        await host.StopAsync();
    }

    [Fact]
    public async Task Twin_BadThenGoodSettings_AreRefusedThenTaken()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        var attempts = () => host.Services.GetRequiredService<IOptionsMonitor<FirmwareOptions>>().CurrentValue.MaxAttempts;

        await _connections["edge/gateway"].SendTwinAsync("""{ "settings": { "firmware": { "maxAttempts": 0 } } }""", 6);
        _time.Advance(TimeSpan.FromSeconds(1));
        attempts().Should().Be(5);
        _connections["edge/gateway"].Reported["settings"]!["status"]!.GetValue<string>().Should().Be("rejected");
        _connections["edge/gateway"].Reported["settings"]!["errors"]![0]!.GetValue<string>()
            .Should().Be("Firmware:MaxAttempts = '0' (module twin): expected 1 to 100");

        await _connections["edge/gateway"].SendTwinAsync("""{ "settings": { "firmware": { "maxAttempts": 8 } } }""", 7);
        _time.Advance(TimeSpan.FromSeconds(1));
        attempts().Should().Be(8);
        _connections["edge/gateway"].Reported["settings"]!.ToJsonString().Should().Be("""{"status":"applied","version":7,"errors":[],"inForce":7}""");
        await host.StopAsync();
    }

    [Fact]
    public async Task Twin_EmptyWithoutVersion_ChangesNothing()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await _connections["edge/gateway"].SendTwinAsync("""{ "settings": { "firmware": { "maxAttempts": 3 } } }""", 5);
        await _connections["edge/gateway"].SendTwinAsync("{}", null);

        host.Services.GetRequiredService<IOptionsMonitor<FirmwareOptions>>().CurrentValue.MaxAttempts.Should().Be(3);
        await host.StopAsync();
    }

    [Fact]
    public async Task Twin_Paused_HoldsOrdersBackUntilItEnds()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        var workflow = await _workflows.NextAsync();
        await _connections["edge/gateway"].SendTwinAsync("""{ "settings": { "module": { "paused": true } } }""", 5);
        await _connections[workflow.Id.Value].SendTwinAsync("{}", 2);
        workflow.Twins.Should().BeEmpty();

        await _connections["edge/gateway"].SendTwinAsync("""{ "settings": { "module": { "paused": false } } }""", 6);

        workflow.Twins.Should().ContainSingle().Which.Version.Should().Be(2);
        await host.StopAsync();
    }

    [Fact]
    public async Task Stop_WorkflowAndHubThatHang_IsBounded()
    {
        _workflows.Prepare = w => w.IsStubborn = true;
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        await _workflows.NextAsync();
        await _workflows.NextAsync();
        foreach (var connection in _connections.All)
        {
            connection.Flush = new TaskCompletionSource().Task;
        }

        var begun = _time.GetUtcNow();
        var stop = host.StopAsync();
        while (!stop.IsCompleted)
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(50));
            (_time.GetUtcNow() - begun).Should().BeLessThan(TimeSpan.FromMinutes(10), "the stop must end");
        }

        await stop;
        _log.Lines.Should().Contain(l => l.StartsWith("Warning: The work for mcu-1, mcu-2 did not stop within 00:00:03"));
        _log.Lines.Should().Contain(l => l.StartsWith("Warning: The hub did not take the last reports within 00:00:02"));
        _connections.All.Should().OnlyContain(c => c.Disposed);
    }

    [Fact]
    public async Task Stop_ReportsOfTheLastMoment_AreSent()
    {
        using var host = Build(SettingsText.Environment);
        await host.StartAsync();
        var workflow = await _workflows.NextAsync();
        workflow.Observer.OnStatus(new McuStatus { Id = workflow.Id, Phase = UpdatePhase.Transferring });
        workflow.Observer.OnStatus(new McuStatus { Id = workflow.Id, Phase = UpdatePhase.Verifying });

        await host.StopAsync();

        _connections[workflow.Id.Value].Reported["gateway"]!["phase"]!.GetValue<string>().Should().Be("Verifying");
    }

    [Fact]
    public async Task Options_RelativeFolders_LieInTheDataFolder()
    {
        using var host = Build(SettingsText.Environment);
        await Task.CompletedTask;

        host.Services.GetRequiredService<IOptions<ContentOptions>>().Value.Folder.Should().Be(_folder.File("content"));
        host.Services.GetRequiredService<IOptions<FirmwareOptions>>().Value.JournalFolder.Should().Be(_folder.File("journal"));
    }

    [Fact]
    public void Build_WithoutFakes_EverythingCanBeMade()
    {
        var (layers, settings) = Read(SettingsText.Environment, []);
        using var host = GatewayHost.Build(layers, settings);

        host.Services.GetServices<IHostedService>().Should().ContainSingle(s => s is GatewayService);
    }

    private IHost Build(RuntimeEnvironment environment, Dictionary<string, string>? commandLine = null)
    {
        var (layers, settings) = Read(environment, commandLine ?? []);
        return GatewayHost.Build(layers, settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time));
            services.Replace(ServiceDescriptor.Singleton<IMcuWorkflowFactory>(_workflows));
            services.Replace(ServiceDescriptor.Singleton<IDeviceConnectionFactory>(_connections));
            services.Replace(ServiceDescriptor.Singleton<IMcuPortFactory>(_ports));
            services.AddLogging(logging => logging.ClearProviders().AddProvider(_log));
        });
    }

    private (SettingsLayers Layers, GatewaySettings Settings) Read(RuntimeEnvironment environment, Dictionary<string, string> commandLine)
    {
        File.WriteAllText(_folder.File("settings.json"), $$"""
            {
              "Hub": { "HostName": "hub.example" },
              "Credentials": { "GroupKeyFile": "{{SettingsText.GroupKeyFile.Value}}" },
              "Lines": [ { "Port": "/dev/a", "BaudRate": 9600, "HalfDuplex": true,
                           "Mcus": [ { "Id": "mcu-1", "Address": 1 }, { "Id": "mcu-2", "Address": 2 } ] } ],
              "Firmware": { "AllowUnsigned": true },
              "Web": { "Enabled": false },
              "Module": { "DataFolder": "{{_folder.Path}}" }
            }
            """);
        var layers = SettingsLayers.Read(_folder.File("settings.json"), commandLine, environment);
        var reading = SettingsReader.Read(layers.Others, environment);
        reading.Errors.Should().BeEmpty();
        return (layers, reading.Settings);
    }

    /// <summary>What is reported once the fleet has been looked at: that happens on another thread.</summary>
    private async Task<T> ReportedAsync<T>(string identity, Func<JsonObject, T?> find)
        where T : class
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Patience.Limit)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            if (find(_connections[identity].Reported) is { } found)
            {
                return found;
            }

            await Task.Yield();
        }

        throw new TimeoutException($"{identity} did not report what was expected: {_connections[identity].Reported.ToJsonString()}");
    }
}
