using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Mcu.Tests.Flash;

public sealed class FileFlashMediumTests : IDisposable
{
    private static readonly FlashGeometry Geometry = new() { SlotSize = 8192 };

    private readonly TempFolder _folder = new();

    [Fact]
    public void Read_OfANewFile_IsBlank()
    {
        using var medium = new FileFlashMedium(_folder.File("flash.bin"), Geometry);
        var bytes = new byte[Geometry.TotalSize];
        medium.Read(0, bytes);

        bytes.Should().AllBeEquivalentTo(0xFF);
    }

    [Fact]
    public void Write_ThenOpenedAgain_IsStillThere()
    {
        byte[] written = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        using (var medium = new FileFlashMedium(_folder.File("flash.bin"), Geometry))
        {
            medium.Write(1001, written);
        }

        using var again = new FileFlashMedium(_folder.File("flash.bin"), Geometry);
        var found = new byte[written.Length];
        again.Read(1001, found);
        found.Should().Equal(written);
    }

    [Fact]
    public void New_FileOfAnotherSize_SaysSo()
    {
        new FileFlashMedium(_folder.File("flash.bin"), Geometry).Dispose();

        var open = () => new FileFlashMedium(_folder.File("flash.bin"), Geometry with { SlotSize = 16384 });

        open.Should().Throw<InvalidDataException>().WithMessage("*another slot size*");
    }

    public void Dispose() => _folder.Dispose();
}
