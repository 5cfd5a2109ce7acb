using EdgeGateway.Simulators.Mcu.Flash;

namespace EdgeGateway.Simulators.Mcu.Tests.Flash;

public sealed class NorFlashTests
{
    private static readonly FlashGeometry Geometry = new() { SlotSize = 4096, EraseBlock = 256, ProgramUnit = 8 };

    private readonly NorFlash _flash = new(new MemoryFlashMedium(Geometry), Geometry, seed: 1);

    [Fact]
    public void Program_OnBlankFlash_IsReadBack()
    {
        _flash.Program(16, [1, 2, 3, 4, 5, 6, 7, 8]);

        Read(16, 8).Should().Equal(1, 2, 3, 4, 5, 6, 7, 8);
        Read(8, 8).Should().AllBeEquivalentTo(0xFF);
    }

    [Fact]
    public void Program_ThatClearsMoreBits_IsAllowed()
    {
        _flash.Program(0, Unit(0xF0));
        _flash.Program(0, Unit(0x30));

        Read(0, 8).Should().AllBeEquivalentTo(0x30);
    }

    [Fact]
    public void Program_ThatWouldSetABit_IsAViolation()
    {
        _flash.Program(0, Unit(0xF0));

        _flash.Invoking(f => f.Program(0, Unit(0xF1))).Should().Throw<FlashViolationException>().WithMessage("*F1 over F0*");
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(8, 7)]
    [InlineData(16 * 1024, 8)]
    public void Program_NotAlignedOrBeyondTheEnd_IsAViolation(int address, int length) =>
        _flash.Invoking(f => f.Program(address, new byte[length])).Should().Throw<FlashViolationException>();

    [Fact]
    public void Erase_OfABlock_SetsThatBlockOnly()
    {
        _flash.Program(248, Unit(0));
        _flash.Program(256, Unit(0));
        _flash.Program(512, Unit(0));

        _flash.Erase(256);

        Read(248, 8).Should().AllBeEquivalentTo(0);
        _flash.IsBlank(256, 256).Should().BeTrue();
        Read(512, 8).Should().AllBeEquivalentTo(0);
    }

    [Fact]
    public void Erase_InsideABlock_IsAViolation() => _flash.Invoking(f => f.Erase(8)).Should().Throw<FlashViolationException>();

    [Fact]
    public void CutAtOperation_DuringProgram_LeavesItHalfDone()
    {
        var torn = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            var flash = new NorFlash(new MemoryFlashMedium(Geometry), Geometry, seed) { CutAtOperation = 1 };
            flash.Invoking(f => f.Program(0, new byte[64])).Should().Throw<PowerCutException>().Which.Operation.Should().Be(1);
            var found = new byte[64];
            flash.Read(0, found);
            torn += found.Contains((byte)0xFF) && found.Any(b => b != 0xFF) ? 1 : 0;
        }

        torn.Should().BeGreaterThan(30);
    }

    [Fact]
    public void TearErase_Always_NeverClearsABit()
    {
        _flash.Program(0, Unit(0xA5));
        _flash.TearErase(0);

        Read(0, 8).Should().OnlyContain(b => (b & 0xA5) == 0xA5);
    }

    [Fact]
    public void BrokenCell_Programmed_ReadsSomethingElse()
    {
        _flash.BrokenCell = 3;
        _flash.Program(0, Unit(0x11));

        Read(0, 8)[3].Should().NotBe(0x11);
        Read(0, 8)[2].Should().Be(0x11);
    }

    [Fact]
    public void StuckBlock_Erased_IsNotBlank()
    {
        _flash.StuckBlock = 300;
        _flash.Erase(256);
        _flash.Erase(512);

        _flash.IsBlank(256, 256).Should().BeFalse();
        _flash.IsBlank(512, 256).Should().BeTrue();
    }

    [Fact]
    public void Rot_Always_ChangesOneBit()
    {
        _flash.Rot(5);

        Read(0, 16).Count(b => b != 0xFF).Should().Be(1);
        Read(5, 1)[0].Should().NotBe(0xFF);
    }

    private static byte[] Unit(byte value) => Enumerable.Repeat(value, 8).ToArray();

    private byte[] Read(int address, int length)
    {
        var bytes = new byte[length];
        _flash.Read(address, bytes);
        return bytes;
    }
}
