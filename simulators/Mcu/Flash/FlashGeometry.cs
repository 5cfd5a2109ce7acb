namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>How a microcontroller's flash is divided: slot A, slot B, then two banks of metadata.</summary>
public sealed record FlashGeometry
{
    private const int LeastMetadataBank = 4096;

    /// <summary>Bytes of an image slot; a multiple of <see cref="EraseBlock"/>.</summary>
    public int SlotSize { get; init; } = 1024 * 1024;

    /// <summary>Smallest piece that can be erased, in bytes; a multiple of <see cref="ProgramUnit"/>.</summary>
    public int EraseBlock { get; init; } = 4096;

    /// <summary>Smallest piece that can be programmed, in bytes.</summary>
    public int ProgramUnit { get; init; } = 8;

    /// <summary>Bytes of one metadata bank: whole erase blocks.</summary>
    public int MetadataBank => (LeastMetadataBank + EraseBlock - 1) / EraseBlock * EraseBlock;

    /// <summary>Bytes of the whole flash.</summary>
    public long TotalSize => AddressOfBank(2);

    /// <summary>Where a slot starts.</summary>
    public long AddressOf(Slot slot) => slot == Slot.A ? 0 : SlotSize;

    /// <summary>Where metadata bank 0 or 1 starts.</summary>
    public long AddressOfBank(int bank) => (2L * SlotSize) + ((long)bank * MetadataBank);

    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public void Validate()
    {
        if (ProgramUnit is < 1 or > 256)
        {
            throw new ArgumentException($"The program unit is {ProgramUnit} bytes; 1 to 256 are expected.");
        }

        if (EraseBlock < ProgramUnit || EraseBlock % ProgramUnit != 0)
        {
            throw new ArgumentException($"The erase block is {EraseBlock} bytes; a multiple of the program unit ({ProgramUnit}) is expected.");
        }

        if (SlotSize < EraseBlock || SlotSize % EraseBlock != 0)
        {
            throw new ArgumentException($"The slot is {SlotSize} bytes; a multiple of the erase block ({EraseBlock}) is expected.");
        }
    }
}
