using System.Text.Json;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Whole;

/// <summary>The demo from end to end, with the real hub simulator, origin, gateway and microcontrollers.</summary>
[Collection(WholeDemo.Name)]
public sealed class WholeDemoTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Run_TwoMicrocontrollers_BothRunTheNewImageAfterOneDownload()
    {
        var report = await RunAsync("--mcus", "2", "--baud", "921600");

        report.GetProperty("originBytes").GetInt64().Should().Be(report.GetProperty("imageBytes").GetInt64());
        var mcus = report.GetProperty("mcus").EnumerateArray().ToList();
        mcus.Should().HaveCount(2);
        foreach (var mcu in mcus)
        {
            mcu.GetProperty("state").GetString().Should().Be("succeeded");
            mcu.GetProperty("to").GetString().Should().Be("2.0.0");
            mcu.GetProperty("bytes").GetInt64().Should().Be(report.GetProperty("imageBytes").GetInt64());
            mcu.GetProperty("resumedAt").GetInt64().Should().Be(0);
            mcu.GetProperty("efficiency").GetDouble().Should().BeInRange(0.1, 1);
        }

        Directory.GetFileSystemEntries(_folder.Path, "edgegateway-demo-*").Should().BeEmpty("a run that succeeds leaves nothing behind");
    }

    [Fact]
    public async Task Run_GatewayKilledInMidTransfer_GoesOnWhereItStood()
    {
        var report = await RunAsync("--mcus", "2", "--kill-gateway");

        report.GetProperty("originBytes").GetInt64().Should().Be(report.GetProperty("imageBytes").GetInt64());
        report.GetProperty("mcus").EnumerateArray().Max(mcu => mcu.GetProperty("resumedAt").GetInt64()).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Run_Bus_AllOnOneLineAreUpdated()
    {
        var report = await RunAsync("--mcus", "3", "--bus", "3", "--baud", "921600");

        report.GetProperty("mcus").EnumerateArray().Select(mcu => mcu.GetProperty("state").GetString())
            .Should().Equal("succeeded", "succeeded", "succeeded");
    }

    [Fact]
    public async Task Run_ThreeLayers_EachLinkCarriesTheImageOnce()
    {
        var report = await RunAsync("--layers", "3", "--mcus", "3", "--baud", "921600", "--kill-gateway");

        report.GetProperty("originBytes").GetInt64().Should().Be(report.GetProperty("imageBytes").GetInt64());
        var links = report.GetProperty("links").EnumerateArray().ToList();
        links.Select(link => link.GetProperty("name").GetString()).Should().Equal("origin-top", "top-middle", "middle-bottom");
        foreach (var link in links)
        {
            link.GetProperty("imageBytes").GetInt64().Should().Be(report.GetProperty("imageBytes").GetInt64());
            ((double)link.GetProperty("bytes").GetInt64() / link.GetProperty("imageBytes").GetInt64()).Should().BeInRange(1, 1.03);
        }

        report.GetProperty("mcus").EnumerateArray().Max(mcu => mcu.GetProperty("resumedAt").GetInt64()).Should().BeGreaterThan(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_EndedInTheMiddle_LeavesNoProcessBehind(bool kindly)
    {
        using var demo = new DemoProcess(_folder.Path, "--mcus", "1", "--baud", "9600", "--plain");
        await demo.DeployedAsync();
        var children = demo.Children();
        children.Should().HaveCount(4, "{0}", demo.Output);

        if (kindly)
        {
            demo.Terminate();
            (await demo.WaitAsync()).Should().Be(DemoProgram.Interrupted, "{0}", demo.Output);
            demo.Children().Should().BeEmpty();
        }
        else
        {
            demo.Kill();
        }

        await Task.WhenAll(children.Select(child => child.WaitForExitAsync())).WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var report = _folder.File("report.json");
        using var demo = new DemoProcess(_folder.Path, [.. arguments, "--plain", "--report", report]);
        (await demo.WaitAsync()).Should().Be(DemoProgram.Success, "{0}", demo.Output);
        return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(report));
    }
}
