using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Module.Settings;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lifecycle;

/// <summary>Settings that are wrong, or change while the gateway runs.</summary>
public sealed class SettingsScenarios(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public async Task Settings_ManyMistakes_AreListedAtOnceAndNothingStarts()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            StartGateway = false,
            Settings = new Dictionary<string, string>
            {
                ["Hub:Port"] = "70000",
                ["Firmware:MaxAttempts"] = "many",
                ["Firmware:MaxAttemps"] = "3",
                ["Lines:0:BaudRate"] = "12",
            },
        });

        var start = async () => await site.StartGatewayAsync();

        var mistakes = (await start.Should().ThrowAsync<SettingsException>()).Which.Errors;
        mistakes.Select(mistake => mistake.Key).Should()
            .BeEquivalentTo("Hub:Port", "Firmware:MaxAttempts", "Firmware:MaxAttemps", "Lines:0:BaudRate");
        mistakes.Should().OnlyContain(mistake => mistake.Expected.Length > 0);
        site.Log.Entries.Should().BeEmpty();
        site.Hub.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task Settings_TwoMcusWithOneId_AreRefused()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 2,
            StartGateway = false,
            Settings = new Dictionary<string, string> { ["Lines:1:Mcus:0:Id"] = Mcu },
        });

        var start = async () => await site.StartGatewayAsync();

        (await start.Should().ThrowAsync<SettingsException>()).Which.Errors.Should().ContainSingle().Which.Key.Should().Be("Lines:1:Mcus:0:Id");
    }

    [Fact]
    public async Task ModuleTwin_WrongSettings_AreRefusedAndWorkGoesOn()
    {
        await using var site = await ScenarioSite.StartAsync(output);

        Wish(site, new JsonObject { ["firmware"] = new JsonObject { ["maxAttempts"] = 0, ["allowUnsigned"] = true } });

        await site.ModuleTwin.WaitAsync(twin => (string?)twin.Reported["settings"]?["status"] == "rejected");
        site.ModuleTwin.Now.Reported["settings"]!["errors"]!.AsArray().Should().HaveCount(2);
        await site.Log.WaitAsync(4101);
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task ModuleTwin_Pauses_OrdersWait()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        Wish(site, new JsonObject { ["module"] = new JsonObject { ["paused"] = true } });
        await site.Twin(Mcu).WaitAsync(twin => (bool?)twin.Reported["gateway"]?["paused"] == true);
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);
        await site.Log.WaitAsync(2150, $"{Mcu}: twin read, desired version 2");
        site.Twin(Mcu).Now.AgentState.Should().BeNull();
        Wish(site, new JsonObject { ["module"] = new JsonObject { ["paused"] = null } });

        await site.SucceedsAsync(deployment);
    }

    [Theory]
    [InlineData("MinFreeBytes", 1L << 60, 0L, FailureReason.DiskError)]
    [InlineData("MaxBytes", 64L * 1024, 1L << 20, FailureReason.StoreFull)]
    public async Task ModuleTwin_GivesTheStoreSpace_UpdateGoesOn(string setting, long tight, long wide, FailureReason reason)
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Settings = new Dictionary<string, string>
            {
                [$"Content:{setting}"] = tight.ToString(CultureInfo.InvariantCulture),
                ["Firmware:MaxAttempts"] = "100",
            },
        });
        var deployment = site.Publish(FirmwareImage.Of(1, 70_000));
        site.Deploy(deployment);
        var twin = await site.IsHeldUpAsync(deployment, Mcu, reason);
        twin.ErrorText.Should().Contain($"Content:{setting}", "the operator has to know what to change");
        site.NothingWasOffered();

        Wish(site, new JsonObject { ["content"] = new JsonObject { [setting] = wide } });

        await site.SucceedsAsync(deployment);
    }

    private static void Wish(ScenarioSite site, JsonObject settings)
    {
        settings["schemaVersion"] = 1;
        site.ModuleTwin.Identity.Twin.PatchDesired(new JsonObject { ["settings"] = settings });
    }
}
