using System.Numerics;

namespace EdgeGateway.Simulators.Mcu.Flash;

/// <summary>
/// NOR flash with its rules: an erase sets a whole block to FF, programming only clears bits, in whole aligned units. What breaks a rule is an
/// exception; what is cut by a loss of power is done in part, as the seed says.
/// </summary>
public sealed class NorFlash(IFlashMedium medium, FlashGeometry geometry, int seed)
{
    private readonly Random _random = new(seed);
    private byte[] _scratch = new byte[geometry.EraseBlock];

    /// <summary>How the flash is divided.</summary>
    public FlashGeometry Geometry { get; } = geometry;

    /// <summary>Erase and program operations so far.</summary>
    public long Operations { get; private set; }

    /// <summary>The power fails during the operation of this number; null for never.</summary>
    public long? CutAtOperation { get; set; }

    /// <summary>A cell that never reads back what was programmed; null for none.</summary>
    public long? BrokenCell { get; set; }

    /// <summary>Address in a block that cannot be erased; null for none.</summary>
    public long? StuckBlock { get; set; }

    public void Read(long address, Span<byte> destination)
    {
        CheckRange(address, destination.Length);
        medium.Read(address, destination);
    }

    /// <summary>Erases the block at <paramref name="address"/>.</summary>
    /// <exception cref="FlashViolationException">The address is not the start of a block.</exception>
    /// <exception cref="PowerCutException">The cut asked for by <see cref="CutAtOperation"/>.</exception>
    public void Erase(long address)
    {
        CheckErase(address);
        if (CountOperation())
        {
            TearErase(address);
            throw new PowerCutException(Operations);
        }

        var block = Scratch(Geometry.EraseBlock);
        block.Fill(0xFF);
        if (StuckBlock is { } stuck && stuck / Geometry.EraseBlock == address / Geometry.EraseBlock)
        {
            block[(int)(stuck % Geometry.EraseBlock)] = 0;
        }

        medium.Write(address, block);
    }

    /// <summary>Programs whole units.</summary>
    /// <exception cref="FlashViolationException">Not aligned, or a bit would have to go from 0 to 1.</exception>
    /// <exception cref="PowerCutException">The cut asked for by <see cref="CutAtOperation"/>.</exception>
    public void Program(long address, ReadOnlySpan<byte> data)
    {
        CheckProgram(address, data);
        if (CountOperation())
        {
            TearProgram(address, data);
            throw new PowerCutException(Operations);
        }

        if (BrokenCell is { } broken && broken >= address && broken < address + data.Length)
        {
            var damaged = data.ToArray();
            damaged[(int)(broken - address)] = data[(int)(broken - address)] == 0 ? (byte)0xFF : (byte)0;
            medium.Write(address, damaged);
            return;
        }

        medium.Write(address, data);
    }

    /// <summary>An erase that lost its power: bytes of the block are erased, untouched or neither.</summary>
    public void TearErase(long address)
    {
        CheckErase(address);
        var block = Scratch(Geometry.EraseBlock);
        medium.Read(address, block);
        var done = _random.Next(block.Length + 1);
        block[..done].Fill(0xFF);
        for (var i = done; i < block.Length && i < done + Geometry.ProgramUnit; i++)
        {
            block[i] |= (byte)_random.Next(256);
        }

        medium.Write(address, block);
    }

    /// <summary>A program operation that lost its power: some units are done, one is done in part.</summary>
    public void TearProgram(long address, ReadOnlySpan<byte> data)
    {
        CheckProgram(address, data);
        var done = _random.Next((data.Length / Geometry.ProgramUnit) + 1) * Geometry.ProgramUnit;
        medium.Write(address, data[..done]);
        if (done == data.Length)
        {
            return;
        }

        var unit = Scratch(Geometry.ProgramUnit);
        medium.Read(address + done, unit);
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] &= (byte)(data[done + i] | _random.Next(256));
        }

        medium.Write(address + done, unit);
    }

    /// <summary>One bit loses its charge, or gains one: bit rot.</summary>
    public void Rot(long address)
    {
        Span<byte> cell = stackalloc byte[1];
        Read(address, cell);
        cell[0] ^= (byte)(1 << BitOperations.TrailingZeroCount(_random.Next(1, 256)));
        medium.Write(address, cell);
    }

    /// <summary>True where the range reads FF throughout.</summary>
    public bool IsBlank(long address, long length)
    {
        while (length > 0)
        {
            var piece = Scratch((int)Math.Min(length, Geometry.EraseBlock));
            Read(address, piece);
            if (piece.IndexOfAnyExcept((byte)0xFF) >= 0)
            {
                return false;
            }

            address += piece.Length;
            length -= piece.Length;
        }

        return true;
    }

    private bool CountOperation() => ++Operations == CutAtOperation;

    private void CheckErase(long address)
    {
        CheckRange(address, Geometry.EraseBlock);
        if (address % Geometry.EraseBlock != 0)
        {
            throw new FlashViolationException($"Erase at {address}: not the start of a block of {Geometry.EraseBlock} bytes.");
        }
    }

    private void CheckProgram(long address, ReadOnlySpan<byte> data)
    {
        CheckRange(address, data.Length);
        if (address % Geometry.ProgramUnit != 0 || data.Length % Geometry.ProgramUnit != 0)
        {
            throw new FlashViolationException(
                $"Program of {data.Length} bytes at {address}: not whole units of {Geometry.ProgramUnit} bytes.");
        }

        var present = Scratch(data.Length);
        medium.Read(address, present);
        for (var i = 0; i < data.Length; i++)
        {
            if ((data[i] & ~present[i]) != 0)
            {
                throw new FlashViolationException(
                    $"Program at {address + i}: {data[i]:X2} over {present[i]:X2} would have to set a bit that only an erase sets.");
            }
        }
    }

    private void CheckRange(long address, long length)
    {
        if (address < 0 || address + length > Geometry.TotalSize)
        {
            throw new FlashViolationException($"{length} bytes at {address}: the flash ends at {Geometry.TotalSize}.");
        }
    }

    private Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new byte[length];
        }

        return _scratch.AsSpan(0, length);
    }
}
