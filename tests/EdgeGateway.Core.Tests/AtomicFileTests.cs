using System.Text;
using EdgeGateway.Testing;

namespace EdgeGateway.Core.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingDisk _disk;

    public AtomicFileTests() => _disk = new RecordingDisk(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFile_WritesFlushesRenamesAndFlushesTheFolderInThisOrder()
    {
        Open("state.json").Write("12345"u8);

        _disk.Operations.Should().Equal("flush 5 bytes", "rename state.json.tmp state.json", "flush folder .");
        Content("state.json").Should().Be("12345");
        File.Exists(_folder.File("state.json.tmp")).Should().BeFalse();
    }

    [Fact]
    public void Write_OldContent_StaysUntilTheRename()
    {
        var file = Open("state.json");
        file.Write("old"u8);
        var seen = new List<string>();
        _disk.Before = operation => seen.Add($"{operation.Split(' ')[0]}: {Content("state.json")}");

        file.Write("new"u8);

        seen.Should().Equal("flush: old", "rename: old", "flush: new");
    }

    [Fact]
    public void Write_ShorterContent_LeavesNothingOfTheOldOne()
    {
        var file = Open("state.json");
        file.Write("a long text"u8);
        File.WriteAllText(_folder.File("state.json.tmp"), "an even longer text that a killed process left behind");

        file.Write("short"u8);

        Content("state.json").Should().Be("short");
    }

    [Theory]
    [InlineData("flush 3")]
    [InlineData("rename")]
    public void Write_DiskFails_KeepsTheOldContent(string operation)
    {
        var file = Open("state.json");
        file.Write("old"u8);
        _disk.FailingOperation = operation;

        FluentActions.Invoking(() => file.Write("new"u8)).Should().Throw<IOException>();

        Content("state.json").Should().Be("old");
        _disk.FailingOperation = null;
        file.Write("new"u8);
        Content("state.json").Should().Be("new");
    }

    [Fact]
    public void Write_FolderCannotBeFlushed_Throws()
    {
        _disk.FailingOperation = "flush folder";

        FluentActions.Invoking(() => Open("state.json").Write("new"u8)).Should().Throw<IOException>("the new name may not survive a power cut");
    }

    [Fact]
    public void Write_FoldersMissing_AreCreatedAndTheirParentsFlushedFromTheTop()
    {
        Open(Path.Combine("a", "b", "state.json")).Write("1"u8);

        _disk.Operations.Should().Equal(
            "flush folder .", "flush folder a", "flush 1 bytes", "rename a/b/state.json.tmp a/b/state.json", "flush folder a/b");
        Content("a/b/state.json").Should().Be("1");
    }

    [Fact]
    public void Write_FolderThere_FlushesNoParent()
    {
        Directory.CreateDirectory(_folder.File("a"));

        Open(Path.Combine("a", "state.json")).Write("1"u8);

        _disk.Operations.Should().Equal("flush 1 bytes", "rename a/state.json.tmp a/state.json", "flush folder a");
    }

    [Fact]
    public void Write_Private_IsReadableForTheOwnerOnlyFromTheFirstByte()
    {
        var modes = new List<UnixFileMode>();
        _disk.Before = operation =>
        {
            if (operation.StartsWith("flush 6", StringComparison.Ordinal))
            {
                modes.Add(new FileInfo(_folder.File("key.tmp")).UnixFileMode);
            }
        };

        Open("key", isPrivate: true).Write("secret"u8);

        modes.Append(new FileInfo(_folder.File("key")).UnixFileMode).Should().AllBeEquivalentTo(UnixFileMode.UserRead | UnixFileMode.UserWrite).And.HaveCount(2);
    }

    [Fact]
    public void Write_Public_HasTheModeOfOrdinaryFiles()
    {
        File.WriteAllText(_folder.File("ordinary"), "");

        Open("state.json").Write("1"u8);

        new FileInfo(_folder.File("state.json")).UnixFileMode.Should().Be(new FileInfo(_folder.File("ordinary")).UnixFileMode);
    }

    [Fact]
    public void Read_FileOrFolderMissing_IsNull()
    {
        Open("absent").Read().Should().BeNull();
        Open(Path.Combine("absent", "file")).Read().Should().BeNull();
    }

    [Fact]
    public void Read_AfterWrite_GivesTheContent()
    {
        var file = Open("state.json");
        file.Write("content"u8);

        Encoding.UTF8.GetString(file.Read()!).Should().Be("content");
    }

    [Fact]
    public void Read_PathIsAFolder_Throws()
    {
        Directory.CreateDirectory(_folder.File("folder"));

        FluentActions.Invoking(() => Open("folder").Read()).Should().Throw<UnauthorizedAccessException>();
    }

    [Fact]
    public void Path_RelativePath_IsMadeFull() =>
        new AtomicFile("state.json", isPrivate: false).Path.Should().Be(Path.GetFullPath("state.json"));

    [Fact]
    public void Delete_FileThereOrNot_LeavesNoFile()
    {
        var file = Open("state.json");
        file.Write("1"u8);

        file.Delete();
        file.Delete();

        file.Read().Should().BeNull();
    }

    [Fact]
    public void SetAside_BrokenFile_IsRenamedToANameWithTheTimeInUtc()
    {
        var file = Open("state.json");
        file.Write("nonsense"u8);
        _disk.Operations.Clear();

        var aside = file.SetAside(new DateTimeOffset(2026, 11, 1, 14, 5, 6, 78, TimeSpan.FromHours(2)));

        aside.Should().Be(_folder.File("state.json.broken-20261101T120506078"));
        _disk.Operations.Should().Equal("rename state.json state.json.broken-20261101T120506078");
        File.ReadAllText(aside).Should().Be("nonsense");
        file.Read().Should().BeNull();
    }

    [Fact]
    public void Write_SystemDisk_IsTheDefault()
    {
        var file = new AtomicFile(Path.Combine(_folder.Path, "new", "state.json"), isPrivate: false);

        file.Write("1"u8);

        Content("new/state.json").Should().Be("1");
    }

    private AtomicFile Open(string name, bool isPrivate = false) => new(_folder.File(name), isPrivate, _disk);

    private string Content(string name) => File.ReadAllText(_folder.File(name));
}
