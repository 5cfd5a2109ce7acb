using System.Net;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tests.Settings;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Hosting;

/// <summary>The module stays up with any mistake around it, reports it, and recovers when it is corrected.</summary>
public sealed class GatewayRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string SettingsFile => _folder.File("settings.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_RightSettings_IsAliveAndBecomesReady()
    {
        WriteSettings();
        await using var module = new RunningModule(SettingsFile);
        var workflow = await module.Workflows.NextAsync();
        (await module.GetAsync("/healthz")).Status.Should().Be(HttpStatusCode.OK);
        (await module.GetAsync("/readyz")).Status.Should().Be(HttpStatusCode.ServiceUnavailable, "neither hub nor line were tried");
        (await module.CheckAsync("hub")).Should().Be("pending: not reached yet");
        (await module.CheckAsync("lines")).Should().Be("pending: 1 of 1 not tried yet");

        await module.Connections["mcu-1"].Handler.OnConnectionAsync(new ConnectionStatus(ConnectionState.Connected), CancellationToken.None);
        workflow.Observer.OnStatus(new McuStatus { Id = workflow.Id, Link = McuLinkState.Online });

        var (status, body) = await module.GetAsync("/readyz");
        status.Should().Be(HttpStatusCode.OK, body);
        body.Should().Contain("\"status\": \"ready\"").And.Contain(_folder.Path);
    }

    [Fact]
    public async Task Run_LineThatCannotBeOpened_IsNotReadyUntilItCan()
    {
        WriteSettings();
        await using var module = new RunningModule(SettingsFile);
        var workflow = await module.Workflows.NextAsync();
        var status = new McuStatus { Id = workflow.Id, Link = McuLinkState.Offline, LinkReason = FailureReason.PortMissing, LinkText = "no such port" };
        workflow.Observer.OnStatus(status);
        (await module.CheckAsync("lines")).Should().Be("failed: /dev/a: PortMissing: no such port");

        workflow.Observer.OnStatus(status with { LinkReason = FailureReason.McuSilent });

        (await module.CheckAsync("lines")).Should().Be("ok: 1 can be opened");
    }

    [Fact]
    public async Task Run_HubThatWentAway_StaysReadyAndSaysSo()
    {
        WriteSettings();
        await using var module = new RunningModule(SettingsFile);
        await module.Workflows.NextAsync();
        var handler = module.Connections["mcu-1"].Handler;
        var away = new ConnectionStatus(ConnectionState.Connecting, HubFailure.Unreachable, "no route");
        await handler.OnConnectionAsync(away, CancellationToken.None);
        (await module.CheckAsync("hub")).Should().Be("failed: was never reached; Unreachable: no route");

        await handler.OnConnectionAsync(new ConnectionStatus(ConnectionState.Connected), CancellationToken.None);
        (await module.CheckAsync("hub")).Should().Be("ok: 1 of 1 identities are connected");

        await handler.OnConnectionAsync(away, CancellationToken.None);
        (await module.CheckAsync("hub")).Should().Be("ok: was reached, is away now; Unreachable: no route");
        module.Connections["mcu-1"].Backlog = new ReportBacklog(2, 900, new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
        (await module.CheckAsync("hub")).Should().Be(
            "ok: was reached, is away now; ends of updates that wait for it: 2, the first since 2026-11-01T12:00:00Z; Unreachable: no route");
    }

    [Fact]
    public async Task Run_WrongSettings_WaitsThenRunsWhenTheyAreCorrected()
    {
        WriteSettings(more: """, "Firmware": { "MaxAttempts": 0, "Frobnicate": true } """);
        await using var module = new RunningModule(SettingsFile);
        (await module.GetAsync("/healthz")).Status.Should().Be(HttpStatusCode.OK, "a restart would not help");
        var (status, body) = await module.GetAsync("/readyz");
        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        body.Should().Contain("Firmware:MaxAttempts = '0' (settings.json): expected 1 to 100").And.Contain("Firmware:Frobnicate");
        module.Log.Lines.Should().Contain(l => l.StartsWith("Error: Gateway cannot run until its settings are corrected") && l.Contains("Mistakes=2 "))
            .And.Contain("Error: Firmware:MaxAttempts = '0' (settings.json): expected 1 to 100");
        module.Connections.All.Should().BeEmpty("no line and no microcontroller is touched");

        WriteSettings();
        await module.UntilAsync(() => Task.FromResult(module.Connections.All.Any(c => c.Identity.ToString() == "mcu-1")));

        await module.Workflows.NextAsync();
        await module.UntilAsync(async () => (await module.CheckAsync("settings")).StartsWith("ok: in force", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WrongSettingsThenOthers_TellsTheNewOnes()
    {
        WriteSettings(more: """, "Firmware": { "MaxAttempts": 0 } """);
        await using var module = new RunningModule(SettingsFile);
        (await module.CheckAsync("settings")).Should().Contain("MaxAttempts");

        WriteSettings(more: """, "Hub": { "Port": 0 } """);
        await module.UntilAsync(async () => (await module.CheckAsync("settings")).Contains("Hub:Port", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SettingsFileThatIsMissingOrNoJson_WaitsForIt()
    {
        await using var module = new RunningModule(SettingsFile);
        (await module.CheckAsync("settings")).Should().Contain("expected a file that exists");

        File.WriteAllText(SettingsFile, "{ no json");
        await module.UntilAsync(async () => (await module.CheckAsync("settings")).Contains("a JSON file that can be read", StringComparison.Ordinal));

        WriteSettings();
        await module.UntilAsync(() => Task.FromResult(module.Connections.All.Count > 0));
    }

    [Fact]
    public async Task Run_DataFolderThatCannotBeWritten_WaitsThenRuns()
    {
        File.WriteAllText(_folder.File("data"), "a file in the place of the folder");
        WriteSettings();
        await using var module = new RunningModule(SettingsFile);
        (await module.CheckAsync("settings")).Should().Contain("Module:DataFolder").And.Contain("a folder that this process may write");

        File.Delete(_folder.File("data"));
        await module.UntilAsync(async () => (await module.CheckAsync("dataFolder")).StartsWith("ok: ", StringComparison.Ordinal));

        module.Connections.All.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Run_DataFolderThatIsTakenAwayLater_IsToldUntilItIsBack()
    {
        WriteSettings();
        await using var module = new RunningModule(SettingsFile);
        await module.Workflows.NextAsync();
        Directory.Delete(_folder.File("data"), recursive: true);
        File.WriteAllText(_folder.File("data"), "");
        (await module.CheckAsync("dataFolder")).Should().StartWith("failed: Module:DataFolder");
        module.Log.Lines.Should().Contain(l => l.StartsWith("Warning: Not ready. Check=dataFolder Problem=Module:DataFolder"));

        File.Delete(_folder.File("data"));

        (await module.CheckAsync("dataFolder")).Should().StartWith("ok: ");
        module.Log.Lines.Should().Contain(l => l.StartsWith("Information: Ready again. Check=dataFolder "));
    }

    [Fact]
    public async Task Run_FilesOfKeysAndAuthoritiesMissing_RunsAndSaysSoUntilTheyAppear()
    {
        WriteSettings(keyFile: _folder.File("group.key"), more: $$""", "Hub": { "TrustedCaFile": "{{_folder.File("ca.pem")}}" } """);
        await using var module = new RunningModule(SettingsFile);
        await module.Workflows.NextAsync();
        (await module.CheckAsync("settings")).Should().StartWith("failed: ").And.Contain("Credentials:GroupKeyFile").And.Contain("Hub:TrustedCaFile");

        File.Copy(SettingsText.GroupKeyFile.Value, _folder.File("group.key"));
        File.WriteAllText(_folder.File("ca.pem"), "");

        (await module.CheckAsync("settings")).Should().StartWith("ok: in force");
    }

    [Fact]
    public async Task Run_StartThatFails_WaitsAndTriesAgain()
    {
        WriteSettings();
        await using var module = new RunningModule(SettingsFile, new InvalidOperationException("out of sockets"));
        (await module.CheckAsync("settings")).Should().Be("failed: start: expected a start without an error: out of sockets");

        module.Connections.Failure = null;
        await module.UntilAsync(() => Task.FromResult(module.Connections.All.Count > 0));

        await module.Workflows.NextAsync();
    }

    [Fact]
    public async Task Run_AskedToStop_EndsWhetherItRunsOrWaits()
    {
        WriteSettings();
        await using var running = new RunningModule(SettingsFile);
        await running.Workflows.NextAsync();
        await running.StopAsync();
        running.Run.IsCompletedSuccessfully.Should().BeTrue();

        await using var waiting = new RunningModule(_folder.File("none.json"));
        await waiting.GetAsync("/healthz");
        await waiting.StopAsync();
        waiting.Run.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Metrics_RunningGateway_TellsFleetWithEdgeLabels()
    {
        WriteSettings();
        await using var module = new RunningModule(SettingsFile);
        var workflow = await module.Workflows.NextAsync();
        workflow.Observer.OnStatus(new McuStatus { Id = workflow.Id, Link = McuLinkState.Online });

        var (status, body) = await module.GetAsync("/metrics");

        status.Should().Be(HttpStatusCode.OK);
        body.Should().MatchRegex("(?m)^edgegateway_mcus\\{line=\"/dev/a\",link=\"Online\",mcu_class=\"unknown\",iothub=\"hub.example\",instance_number=\"[0-9a-f-]{36}\"\\} 1$")
            .And.MatchRegex("(?m)^edgegateway_hub_connections\\{state=\"Connecting\",.*\\} 0$")
            .And.NotContain("mcu-1");
    }

    private void WriteSettings(string? keyFile = null, string more = "") => File.WriteAllText(SettingsFile, $$"""
        {
          "Credentials": { "GroupKeyFile": "{{keyFile ?? SettingsText.GroupKeyFile.Value}}" },
          "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "mcu-1" } ] } ],
          "Module": { "DataFolder": "{{_folder.File("data")}}" }{{(more.Contains("\"Hub\"", StringComparison.Ordinal) ? more.Replace("\"Hub\": {", "\"Hub\": { \"HostName\": \"hub.example\",", StringComparison.Ordinal) : ", \"Hub\": { \"HostName\": \"hub.example\" }" + more)}}
        }
        """);
}
