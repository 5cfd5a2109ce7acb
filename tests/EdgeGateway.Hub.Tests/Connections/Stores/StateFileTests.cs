using EdgeGateway.Hub.Connections.Stores;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Stores;

public sealed class StateFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryWrite_Content_IsFlushedRenamedAndItsFolderFlushed()
    {
        var disk = new RecordingDisk(_folder.Path);

        Open(disk).TryWrite("{}"u8).Should().BeTrue();

        disk.Operations.Should().Equal("flush 2 bytes", "rename a.json.tmp a.json", "flush folder .");
    }

    [Fact]
    public void TryWrite_DiskFails_IsFalseAndKeepsTheOldContent()
    {
        Open(null).TryWrite("1"u8);
        var disk = new RecordingDisk(_folder.Path) { FailingOperation = "rename" };

        Open(disk).TryWrite("2"u8).Should().BeFalse();

        File.ReadAllText(_folder.File("a.json")).Should().Be("1");
    }

    private StateFile Open(IDisk? disk) => new(_folder.File("a.json"), new VirtualTime(), NullLogger.Instance, disk);
}
