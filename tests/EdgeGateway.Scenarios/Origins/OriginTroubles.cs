using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.Origin.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Origins;

/// <summary>Origins that are away, broken, slow or lying: microcontrollers hear of an image only once it is whole.</summary>
public sealed class OriginTroubles(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Theory]
    [InlineData(FaultKind.NotFound, FailureReason.ContentNotFound)]
    [InlineData(FaultKind.ServerError, FailureReason.ContentUnreachable)]
    [InlineData(FaultKind.TooShort, FailureReason.ContentWrongSize)]
    [InlineData(FaultKind.TooLong, FailureReason.ContentWrongSize)]
    [InlineData(FaultKind.Close, FailureReason.ContentUnreachable)]
    public async Task Origin_NeverMended_FailsAndNextDeploymentSucceeds(FaultKind kind, FailureReason reason)
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(kind));

        site.Deploy(deployment);

        await site.FailsAsync(deployment, Mcu, reason, before);
        site.NothingWasOffered();
        site.Origin.Faults.Clear();
        var next = site.Publish(FirmwareImage.Of(2));
        site.Deploy(next);
        await site.SucceedsAsync(next);
    }

    [Theory]
    [InlineData(FaultKind.NotFound, FailureReason.ContentNotFound)]
    [InlineData(FaultKind.ServerError, FailureReason.ContentUnreachable)]
    [InlineData(FaultKind.Silent, FailureReason.ContentUnreachable)]
    [InlineData(FaultKind.Slow, FailureReason.ContentTooSlow)]
    public async Task Origin_MendedInTime_Succeeds(FaultKind kind, FailureReason reason)
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "100", ["Content:Retries"] = "0", ["Content:ResponseTimeout"] = "00:00:01" },
        });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(kind));

        site.Deploy(deployment);

        var twin = await site.IsHeldUpAsync(deployment, Mcu, reason);
        twin.ErrorText.Should().NotContain("?", "a query may hold a signature");
        site.NothingWasOffered();
        site.Origin.Faults.Clear();
        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Origin_BreaksOffEachBody_ResumesByRange()
    {
        const int Piece = 15_000;
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(FaultKind.Flaky, Piece));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
        site.Origin.Served.Requests.Should().BeGreaterThanOrEqualTo(3);
        site.Origin.Served.Bytes.Should().BeLessThan(deployment.Image.Size + Piece, "what has arrived is not asked for again");
    }

    [Fact]
    public async Task Origin_KnowsNoRanges_Succeeds()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(FaultKind.Flaky, 10_000), times: 1);
        site.Deploy(deployment with { Url = new Uri(deployment.Url, "?fault=norange") });

        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Origin_Gone_IsHeldUpUntilOrderedAnew()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));
        var nowhere = deployment with { Url = new Uri("http://127.0.0.1:9/firmware.bin") };

        site.Deploy(nowhere);
        await site.FailsAsync(nowhere, Mcu, FailureReason.ContentUnreachable, before);

        var retry = deployment with { RetryTimestamp = "2026-11-01T00:00:00Z" };
        site.Deploy(retry);
        await site.SucceedsAsync(retry);
    }
}
