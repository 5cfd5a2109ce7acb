using EdgeGateway.Simulators.Mcu.Flash;

namespace EdgeGateway.Simulators.Mcu.Node.Update;

/// <summary>An erase or program operation under way: it takes time, and a loss of power meanwhile leaves it half done.</summary>
/// <param name="Address">Where in the flash.</param>
/// <param name="Data">What is programmed; empty for an erase.</param>
/// <param name="Due">When it ends.</param>
internal sealed record FlashWork(long Address, byte[] Data, TimeSpan Due)
{
    public bool IsErase => Data.Length == 0;

    /// <summary>Does it.</summary>
    /// <returns>True if the flash reads back what it should.</returns>
    public bool Complete(NorFlash flash)
    {
        if (IsErase)
        {
            flash.Erase(Address);
            return flash.IsBlank(Address, flash.Geometry.EraseBlock);
        }

        flash.Program(Address, Data);
        var found = new byte[Data.Length];
        flash.Read(Address, found);
        return found.AsSpan().SequenceEqual(Data);
    }

    /// <summary>Leaves it half done.</summary>
    public void Tear(NorFlash flash)
    {
        if (IsErase)
        {
            flash.TearErase(Address);
        }
        else
        {
            flash.TearProgram(Address, Data);
        }
    }
}
