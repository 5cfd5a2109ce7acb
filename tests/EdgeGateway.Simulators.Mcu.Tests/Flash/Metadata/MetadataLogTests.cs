using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Simulators.Mcu.Tests.Flash.Metadata;

public sealed class MetadataLogTests(ITestOutputHelper output)
{
    private static readonly FlashGeometry Geometry = new() { SlotSize = 4096, EraseBlock = 1024, ProgramUnit = 8 };

    [Fact]
    public void Current_OnBlankFlash_IsNull() => new MetadataLog(Flash(new MemoryFlashMedium(Geometry))).Current.Should().BeNull();

    [Fact]
    public void Save_ThenReadAgain_IsAllThere()
    {
        var medium = new MemoryFlashMedium(Geometry);
        var state = State(3) with
        {
            Trial = new TrialRecord(Slot.B, 600, 1),
            RolledBack = true,
            Partial = new PartialImage(Slot.B, 1000, Sha256Digest.Of([9]), "2.0.0-ä", 512),
        };
        new MetadataLog(Flash(medium)).Save(state);

        new MetadataLog(Flash(medium)).Current.Should().Be(state);
    }

    [Fact]
    public void Save_ManyTimes_TheLastOneCounts()
    {
        var medium = new MemoryFlashMedium(Geometry);
        var log = new MetadataLog(Flash(medium));
        for (var i = 0u; i < 300; i++)
        {
            log.Save(State(i));
            new MetadataLog(Flash(medium)).Current.Should().Be(State(i));
        }
    }

    [Fact]
    public void SaveProgress_ThroughSeveralBanks_IsKept()
    {
        var medium = new MemoryFlashMedium(Geometry);
        var log = new MetadataLog(Flash(medium));
        log.Save(State(1) with { Partial = new PartialImage(Slot.B, 100_000, Sha256Digest.Of([9]), "2", 0) });
        for (var committed = 0; committed < 1000; committed++)
        {
            log.SaveProgress(committed);
        }

        new MetadataLog(Flash(medium)).Current!.Partial!.Committed.Should().Be(999);
    }

    [Fact]
    public void SaveProgress_WithoutPartialImage_Throws()
    {
        var log = new MetadataLog(Flash(new MemoryFlashMedium(Geometry)));
        log.Save(State(1));

        log.Invoking(l => l.SaveProgress(1)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Save_CutAtEveryOperation_LeavesTheOldStateOrTheNew()
    {
        var random = new Random(Seed.Take(output));
        for (var saves = 0u; saves < 40; saves++)
        {
            var before = new MemoryFlashMedium(Geometry);
            var log = new MetadataLog(Flash(before));
            for (var i = 0u; i <= saves; i++)
            {
                log.Save(State(i));
            }

            for (var cut = 1; ; cut++)
            {
                var medium = before.Copy();
                var flash = new NorFlash(medium, Geometry, random.Next()) { CutAtOperation = cut };
                if (TrySave(flash, State(saves + 1)))
                {
                    break;
                }

                var found = new MetadataLog(Flash(medium));
                found.Current.Should().BeOneOf(State(saves), State(saves + 1));
                found.Save(State(777));
                new MetadataLog(Flash(medium)).Current.Should().Be(State(777));
            }
        }
    }

    private static bool TrySave(NorFlash flash, NodeState state)
    {
        try
        {
            new MetadataLog(flash).Save(state);
            return true;
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    private static NorFlash Flash(MemoryFlashMedium medium) => new(medium, Geometry, seed: 1);

    private static NodeState State(uint boots) => new()
    {
        BootCount = boots,
        ImageA = new SlotImage(1000, Sha256Digest.Of([1]), "1.0.0", Proven: true),
    };
}
