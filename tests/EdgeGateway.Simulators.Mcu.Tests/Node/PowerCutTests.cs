using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;
using EdgeGateway.Simulators.Mcu.Node;
using EdgeGateway.Simulators.Mcu.Node.Boot;
using EdgeGateway.Testing;
using FluentAssertions.Execution;
using Xunit.Abstractions;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>
/// The power goes at every flash operation of a whole update, from OFFER to CONFIRM, and again while it recovers: a whole image boots each time, and
/// the update can be finished.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private static readonly McuOptions Options = NodeBench.Default with
    {
        Geometry = new FlashGeometry { SlotSize = 16 * 1024, EraseBlock = 512, ProgramUnit = 8 },
    };

    private static readonly byte[] Image = NodeBench.Bytes(9_001, seed: 300);
    private static readonly byte[] Before = NodeBench.Bytes(7_777, seed: 301);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Update_CutAtEveryFlashOperation_AlwaysBootsAWholeImageAndCanBeFinished(bool bothSlotsInUse)
    {
        var random = new Random(Seed.Take(output));
        var board = new NodeBench(Options);
        if (bothSlotsInUse)
        {
            board.Update(Before);
            board.Confirm(Before).Result.Should().Be(ResultCode.Ok);
        }

        var cuts = 0;
        for (; ; cuts++)
        {
            var medium = board.Medium.Copy();
            if (RunToTheEnd(medium, random.Next(), cutAt: cuts + 1))
            {
                break;
            }

            for (var second = 0; second < 3; second++)
            {
                var again = medium.Copy();
                if (second > 0)
                {
                    RunToTheEnd(again, random.Next(), cutAt: random.Next(1, 40));
                }

                ShouldBootAWholeImage(again);
                RunToTheEnd(again, random.Next(), cutAt: null).Should().BeTrue("after a cut at operation {0} the update is finished", cuts + 1);
                ShouldRun(again, Image);
            }
        }

        output.WriteLine($"{cuts} cuts");
        cuts.Should().BeGreaterThan(40);
    }

    [Fact]
    public void RollBackAndRecovery_CutAtEveryFlashOperation_KeepsTheOldImage()
    {
        var random = new Random(Seed.Take(output));
        var trial = new NodeBench(Options);
        trial.Update(Image);
        for (var cut = 1; ; cut++)
        {
            var medium = trial.Medium.Copy();
            var bench = NewBench(medium, random.Next(), cut);
            var done = bench.Mcu.IsPowered;
            ShouldBootAWholeImage(medium);
            ShouldRun(medium, NodeBench.OldImage);
            if (done)
            {
                break;
            }
        }
    }

    /// <summary>Plays the gateway, from any state of the node to the confirmed new image. False if the power failed.</summary>
    private static bool RunToTheEnd(MemoryFlashMedium medium, int seed, long? cutAt)
    {
        var bench = NewBench(medium, seed, cutAt);
        for (var attempt = 0; attempt < 3 && bench.Mcu.IsPowered; attempt++)
        {
            try
            {
                if (bench.Mcu.Snapshot.RunningDigest != Sha256Digest.Of(Image))
                {
                    bench.Update(Image);
                }

                if (bench.Confirm(Image).Result == ResultCode.Ok)
                {
                    return bench.Mcu.Snapshot.BootState == BootState.Confirmed;
                }
            }
            catch (Xunit.Sdk.XunitException) when (!bench.Mcu.IsPowered)
            {
                return false;
            }
        }

        return false;
    }

    private static NodeBench NewBench(MemoryFlashMedium medium, int seed, long? cutAt)
    {
        var bench = new NodeBench(Options, medium, seed, cutAt);
        bench.Pass(Options.BootTime);
        return bench;
    }

    private static void ShouldBootAWholeImage(MemoryFlashMedium medium)
    {
        using var scope = new AssertionScope();
        var flash = new NorFlash(medium.Copy(), Options.Geometry, seed: 1);
        var boot = BootLoader.Boot(flash, new MetadataLog(flash));
        boot.State.Should().NotBe(BootState.Recovery);
        boot.Image!.Digest.Should().BeOneOf(Sha256Digest.Of(NodeBench.OldImage), Sha256Digest.Of(Before), Sha256Digest.Of(Image));
        SlotReader.Digest(flash, boot.Slot!.Value, boot.Image.Size).Should().Be(boot.Image.Digest);
    }

    private static void ShouldRun(MemoryFlashMedium medium, byte[] image)
    {
        var flash = new NorFlash(medium, Options.Geometry, seed: 1);
        BootLoader.Boot(flash, new MetadataLog(flash)).Image!.Digest.Should().Be(Sha256Digest.Of(image));
    }
}
