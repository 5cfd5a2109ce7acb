using EdgeGateway.Module.Methods.Ports;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Methods.Ports;

public sealed class PortScannerTests : IDisposable
{
    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Scan_NothingThere_IsEmpty() => new PortScanner(_root.Path).Scan().Should().BeEmpty();

    [Fact]
    public void Scan_DevicesAndLinks_AreThoseThatAreReal()
    {
        foreach (var name in (string[])["ttyUSB0", "ttyACM12", "ttyAMA0", "ttyS0", "ttyS1", "ttyS2", "tty0", "ttyUSBx", "ttyUSB", "null", "odd"])
        {
            Put($"dev/{name}");
        }

        Put("sys/class/tty/ttyS0/type", "4\n");
        Put("sys/class/tty/ttyS1/type", "0\n");
        Link("dev/serial/by-id/usb-FTDI-if00", "dev/ttyUSB0");
        Link("dev/serial/by-path/pci-0:1.0", "dev/ttyUSB0");
        Link("dev/serial/by-id/usb-odd", "dev/odd");
        Link("dev/serial/by-id/gone", "dev/ttyUSB9");

        var devices = new PortScanner(_root.Path).Scan();

        devices.Select(d => Path.GetFileName(d.Path)).Should().Equal("odd", "ttyACM12", "ttyAMA0", "ttyS0", "ttyUSB0");
        devices.Single(d => d.Path.EndsWith("ttyUSB0", StringComparison.Ordinal)).Names.Select(Path.GetFileName)
            .Should().Equal("usb-FTDI-if00", "pci-0:1.0");
    }

    [Fact]
    public async Task ScanPorts_ConfiguredButMissing_IsListedWithItsMicrocontrollers()
    {
        await using var bench = await MethodBench.StartAsync();

        var ports = (await bench.CallAsync("ScanPorts")).Payload!["ports"]!.AsArray();

        var port = ports.Single(p => p!["path"]!.GetValue<string>() == bench.Folder.File("ttyX"))!;
        port["present"]!.GetValue<bool>().Should().BeFalse();
        port["mcus"]!.ToJsonString().Should().Be("""["mcu-1","mcu-2"]""");
    }

    private void Put(string path, string text = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(path))!);
        File.WriteAllText(_root.File(path), text);
    }

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(path))!);
        File.CreateSymbolicLink(_root.File(path), _root.File(target));
    }
}
