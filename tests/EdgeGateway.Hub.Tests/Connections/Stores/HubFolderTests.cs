using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Stores;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Connections.Stores;

public sealed class HubFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void KeepOnly_DevicesNoLongerServed_LoseTheirFiles()
    {
        var folder = new HubFolder(_folder.Path);
        foreach (var id in new[] { "mcu-1", "mcu-2", "a.json", "odd*:?" })
        {
            Touch(folder.ReportsOf(new DeviceIdentity(id)));
            Touch(folder.TwinOf(new DeviceIdentity(id)));
        }

        Touch(folder.ReportsOf(new DeviceIdentity("mcu-9")) + ".broken-1");

        folder.KeepOnly(["mcu-1", "odd*:?"]).Should().Equal("a.json", "mcu-2");

        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName)
            .Should().BeEquivalentTo("mcu-1.json", "mcu-1.json", "odd*:?.json", "odd*:?.json", "mcu-9.json.broken-1");
    }

    [Fact]
    public void KeepOnly_NothingThere_IsFine() => new HubFolder(_folder.File("absent")).KeepOnly([]).Should().BeEmpty();

    public void Dispose() => _folder.Dispose();

    private static void Touch(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{}");
    }
}
