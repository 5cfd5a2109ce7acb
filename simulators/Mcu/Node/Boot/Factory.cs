using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;

namespace EdgeGateway.Simulators.Mcu.Node.Boot;

/// <summary>Puts the first image on a blank board.</summary>
public static class Factory
{
    /// <summary>Writes <paramref name="image"/> to slot A as confirmed, unless the flash has a state already.</summary>
    public static void InstallIfBlank(NorFlash flash, ReadOnlySpan<byte> image, string version)
    {
        var log = new MetadataLog(flash);
        if (log.Current is not null)
        {
            return;
        }

        var geometry = flash.Geometry;
        var padded = new byte[(image.Length + geometry.ProgramUnit - 1) / geometry.ProgramUnit * geometry.ProgramUnit];
        padded.AsSpan().Fill(0xFF);
        image.CopyTo(padded);
        for (var offset = 0; offset < padded.Length; offset += geometry.EraseBlock)
        {
            flash.Erase(geometry.AddressOf(Slot.A) + offset);
        }

        flash.Program(geometry.AddressOf(Slot.A), padded);
        log.Save(new NodeState { ImageA = new SlotImage(image.Length, Sha256Digest.Of(image), version, Proven: true) });
    }
}
