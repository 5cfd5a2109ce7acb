using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class ContentDiskTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Publish_WrittenFile_HasItsFinalNameOnly(bool replaces)
    {
        var disk = new ContentDisk();
        var (from, to) = (_temp.File("temp"), _temp.File("ab/final"));
        if (replaces)
        {
            Directory.CreateDirectory(_temp.File("ab"));
            File.WriteAllText(to, "old and longer");
        }

        using (var file = File.OpenHandle(from, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            disk.Write(file, 0, "new"u8);
            disk.Publish(file, from, to);
        }

        File.ReadAllText(to).Should().Be("new");
        File.Exists(from).Should().BeFalse();
    }

    [Fact]
    public void Publish_NewFolder_FlushesFileAndFolders()
    {
        var system = new RecordingDisk(_temp.Path);
        using var file = File.OpenHandle(_temp.File("temp"), FileMode.CreateNew, FileAccess.ReadWrite);

        new ContentDisk(system).Publish(file, _temp.File("temp"), _temp.File("ab/final"));

        system.Operations.Should().Equal("flush 0 bytes", "flush folder .", "rename temp ab/final", "flush folder ab");
    }

    [Fact]
    public void FreeBytes_RealFolder_IsWhatTheDiskSays() => new ContentDisk().FreeBytes(_temp.Path).Should().BePositive();

    [Fact]
    public void Flush_MissingFolder_SaysWhich() =>
        FluentActions.Invoking(() => SystemDisk.Instance.FlushFolder(_temp.File("missing"))).Should().Throw<IOException>().WithMessage("*missing cannot be opened*");
}
