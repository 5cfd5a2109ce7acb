using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Deployment;

public sealed class FirmwareImageTests
{
    [Fact]
    public void Generate_SameSeed_SameBytes()
    {
        var image = FirmwareImage.Generate(5, new Version(2, 0, 0));
        image.Digest.Should().Equal(FirmwareImage.Generate(5, new Version(2, 0, 0)).Digest)
            .And.NotEqual(FirmwareImage.Generate(6, new Version(2, 0, 0)).Digest)
            .And.NotEqual(FirmwareImage.Generate(5, new Version(2, 0, 1)).Digest);
        image.FileName.Should().Be("mcu-2.0.0.bin");
        image.Size.Should().Be(FirmwareImage.DefaultSize);
    }

    [Fact]
    public async Task Load_File_TakesItsNameAndBytes()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("a.bin"), [1, 2, 3]);

        var image = await FirmwareImage.LoadAsync(new FileInfo(folder.File("a.bin")), CancellationToken.None);

        image.FileName.Should().Be("a.bin");
        image.Content.Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Load_EmptyFile_IsRefused()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("a.bin"), []);

        var load = () => FirmwareImage.LoadAsync(new FileInfo(folder.File("a.bin")), CancellationToken.None);

        (await load.Should().ThrowAsync<InvalidDataException>()).WithMessage("*a.bin is empty*");
    }
}
