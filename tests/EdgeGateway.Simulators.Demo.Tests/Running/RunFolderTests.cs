using EdgeGateway.Simulators.Demo.Running;

namespace EdgeGateway.Simulators.Demo.Tests.Running;

public sealed class RunFolderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_StaysOnlyIfKept(bool keep)
    {
        var folder = new RunFolder { Keep = keep };
        File.WriteAllText(Path.Combine(folder.Logs, "a.log"), "x");

        folder.Dispose();

        Directory.Exists(folder.Path).Should().Be(keep);
        if (keep)
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    [Fact]
    public void New_IsForItsOwnerOnly()
    {
        using var folder = new RunFolder { Keep = false };

        new DirectoryInfo(folder.Path).UnixFileMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
