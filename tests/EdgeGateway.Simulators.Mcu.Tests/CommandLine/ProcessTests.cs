using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EdgeGateway.Simulators.Mcu.CommandLine;
using EdgeGateway.Simulators.Mcu.Tests.Host;
using EdgeGateway.Simulators.Mcu.Tests.Terminal;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Mcu.Tests.CommandLine;

/// <summary>The simulator as its own process.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Terminate_AfterReady_EndsCleanlyAndRemovesThePorts()
    {
        using var process = Start("--mcus", "1", "--slot-size", "65536", "--boot-ms", "0", "--state", _folder.Path);
        (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)).Should().StartWith("READY {\"lines\":[{");
        using (var port = new HostPort(_folder.File("lines/line-1")))
        {
            (await port.HelloAsync()).RunningVersion.Should().Be("1.0.0");
        }

        NativeTty.Signal(process.Id, Terminate).Should().Be(0);

        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.Should().Be(0);
        Directory.EnumerateFileSystemEntries(_folder.File("lines")).Should().BeEmpty();
        File.Exists(_folder.File("mcu-01/state.json")).Should().BeTrue();
    }

    [Fact]
    public async Task Health_ServingAndNot_IsTheExitCode()
    {
        using var process = Start("--mcus", "1", "--slot-size", "65536", "--tcp", "--state", _folder.Path);
        var ready = (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience))!;
        var port = ready.Split("tcp://")[1].Split('"')[0];

        (await HealthAsync(port)).Should().Be(0);
        NativeTty.Signal(process.Id, Terminate).Should().Be(0);
        await process.WaitForExitAsync().WaitAsync(Patience);
        (await HealthAsync(port)).Should().Be(1);
    }

    [Fact]
    public async Task Truth_AskedOverHttp_TellsTheWholeFleet()
    {
        var endpoint = $"127.0.0.1:{FreePort()}";
        using var process = Start(
            "--mcus", "3", "--bus", "2", "--baud", "9600", "--slot-size", "65536", "--tcp", "--truth", endpoint, "--state", _folder.Path);
        (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)).Should().StartWith("READY ");
        using var client = new HttpClient();

        var truth = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync($"http://{endpoint}/"));

        truth.GetProperty("baud").GetInt32().Should().Be(9600);
        truth.GetProperty("mcusPerLine").GetInt32().Should().Be(2);
        truth.GetProperty("mcus").EnumerateArray().Select(mcu => $"{mcu.GetProperty("id")} {mcu.GetProperty("runningVersion")}")
            .Should().Equal("mcu-01 1.0.0", "mcu-02 1.0.0", "mcu-03 1.0.0");
        NativeTty.Signal(process.Id, Terminate).Should().Be(0);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.Should().Be(0);
    }

    [Theory]

    [InlineData("--fault", "nonsense", "'nonsense' is no fault")]
    [InlineData("--mcus", "0", "0 microcontrollers")]
    [InlineData("--window", "100", "window of 100 bytes")]
    [InlineData("--noise", "2", "A rate is between 0 and 1")]
    public async Task Start_WrongValue_SaysWhatIsWrongAndEnds(string option, string value, string message)
    {
        using var process = Start(option, value, "--state", _folder.Path);

        (await process.StandardError.ReadToEndAsync().WaitAsync(Patience)).Should().Contain(message);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.Should().Be(2);
    }

    public void Dispose() => _folder.Dispose();

    // the simulator takes the given port; another program may take it meanwhile, which is unlikely
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<int> HealthAsync(string endpoint)
    {
        using var process = Start("--tcp", "--listen", endpoint, "--health");
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FleetCommand).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
