using EdgeGateway.Testing;

namespace EdgeGateway.Core.Tests;

public sealed class SystemDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rename_NameTaken_ReplacesTheFile()
    {
        File.WriteAllText(_folder.File("new"), "new");
        File.WriteAllText(_folder.File("old"), "old");

        SystemDisk.Instance.Rename(_folder.File("new"), _folder.File("old"));

        File.ReadAllText(_folder.File("old")).Should().Be("new");
        File.Exists(_folder.File("new")).Should().BeFalse();
    }

    [Fact]
    public void FlushFolder_Folder_DoesNotThrow() => SystemDisk.Instance.FlushFolder(_folder.Path);

    [Fact]
    public void FlushFolder_FolderMissing_NamesItAndTheReason()
    {
        var absent = _folder.File("absent");

        FluentActions.Invoking(() => SystemDisk.Instance.FlushFolder(absent)).Should().Throw<IOException>()
            .WithMessage($"*{absent}*opened*No such file or directory*");
    }
}
