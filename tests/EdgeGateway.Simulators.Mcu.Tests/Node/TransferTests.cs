using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>Window, ranges, going back and resume: wire-protocol.md 5.1 to 5.3.</summary>
public sealed class TransferTests(ITestOutputHelper output)
{
    private static readonly byte[] Image = NodeBench.NewImage;

    [Fact]
    public void Data_BeyondAGap_IsKeptAndTold()
    {
        var bench = Begin();
        bench.Data(Image, 0, 100);
        bench.Data(Image, 300, 100);

        bench.Data(Image, 500, 50).Should().BeEquivalentTo(
            new { Result = ResultCode.Ok, Next = 100, Ranges = new[] { new ByteRange(300, 400), new ByteRange(500, 550) } });
        bench.Data(Image, 100, 200).Should().BeEquivalentTo(new { Next = 400, Ranges = new[] { new ByteRange(500, 550) } });
        bench.Data(Image, 400, 100).Should().BeEquivalentTo(new { Next = 550, Ranges = Array.Empty<ByteRange>() });
    }

    [Fact]
    public void Data_MoreGapsThanRanges_DropsTheLast()
    {
        var bench = Begin();
        foreach (var offset in new[] { 100, 300, 500 })
        {
            bench.Data(Image, offset, 50).Result.Should().Be(ResultCode.Ok);
        }

        bench.Data(Image, 700, 50).Ranges.Should().HaveCount(3);
        bench.Data(Image, 550, 100).Ranges.Should().HaveCount(3).And.Contain(new ByteRange(500, 650));
    }

    [Fact]
    public void Data_BeyondAGapWithoutRanges_AsksToGoBackUntilItIsFilled()
    {
        var bench = Begin(maxRanges: 0);
        bench.Data(Image, 0, 100);

        bench.Data(Image, 200, 100).Should().BeEquivalentTo(new { Result = ResultCode.GoBack, Next = 100, Ranges = Array.Empty<ByteRange>() });
        bench.Ask(FrameType.Poll).Result.Should().Be(ResultCode.GoBack);
        bench.Data(Image, 100, 100).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Next = 200 });
        bench.Ask(FrameType.Poll).Result.Should().Be(ResultCode.Ok);
    }

    [Fact]
    public void Data_BeyondTheLimit_IsCutAtTheLimit()
    {
        var bench = Begin(programTime: TimeSpan.FromSeconds(1));
        for (var offset = 0; offset < 2048; offset += 512)
        {
            bench.Data(Image, offset, 512);
        }

        bench.Data(Image, 2048, 512).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Next = 2048, Limit = 2048 });
    }

    [Fact]
    public void Limit_WhileFlashIsSlow_MovesAsItIsProgrammed()
    {
        var bench = Begin(programTime: TimeSpan.FromMilliseconds(1));
        var status = bench.Data(Image, 0, 512);
        status.Should().BeEquivalentTo(new { Next = 512, Limit = 2048, WaitMilliseconds = 32 });

        bench.Pass(TimeSpan.FromMilliseconds(32));
        bench.Ask(FrameType.Poll).Limit.Should().Be(2048 + 256);
        bench.Pass(TimeSpan.FromMilliseconds(32));
        bench.Ask(FrameType.Poll).Should().BeEquivalentTo(new { Limit = 2048 + 512, WaitMilliseconds = 0 });
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(8, 512)]
    [InlineData(32, 100)]
    [InlineData(8, 33)]
    public void Update_AnyUnitAndPayload_EndsOnTheNewImage(int unit, int payload)
    {
        var bench = new NodeBench(NodeBench.Default with
        {
            Geometry = NodeBench.Geometry with { ProgramUnit = unit },
            MaxPayload = payload,
            ProgramTime = TimeSpan.FromMicroseconds(50),
        });

        bench.Update(Image);

        bench.Confirm(Image).Result.Should().Be(ResultCode.Ok);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public void Data_LostAndOutOfOrder_ArrivesWhole(byte maxRanges)
    {
        var random = new Random(Seed.Take(output));
        var bench = Begin(maxRanges: maxRanges);
        var status = bench.Ask(FrameType.Poll);
        while (status.Session == SessionState.Receiving)
        {
            var offset = Math.Min(status.Next + (random.Next(3) == 0 ? random.Next(600) : 0), Math.Min(status.Limit, Image.Length) - 1);
            status = bench.Data(Image, offset, (int)Math.Min(random.Next(1, 513), status.Limit - offset));
        }

        status.Session.Should().Be(SessionState.Complete);
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Fact]
    public void Offer_AfterAPowerCut_ResumesWhereTheJournalIs()
    {
        var bench = Begin();
        for (var offset = 0; offset < 9000; offset += 500)
        {
            bench.Data(Image, offset, 500);
        }

        bench.Mcu.CutPower(bench.Now);
        bench.Boot();

        var offered = bench.Offer(NodeBench.OfferOf(Image));
        offered.Should().BeEquivalentTo(new { Result = ResultCode.Ok, Next = 8192, PrefixCrc = Crc32C.Of(Image.AsSpan(0, 8192)) });
        bench.SendAll(Image, bench.Start(8192)).Session.Should().Be(SessionState.Complete);
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Fact]
    public void Offer_AfterAPowerCut_StartFromZeroIsAllowed()
    {
        var bench = Begin();
        for (var offset = 0; offset < 9000; offset += 500)
        {
            bench.Data(Image, offset, 500);
        }

        bench.Mcu.CutPower(bench.Now);
        bench.Boot();
        bench.Offer(NodeBench.OfferOf(Image));

        bench.SendAll(Image, bench.Start(0)).Session.Should().Be(SessionState.Complete);
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Fact]
    public void Offer_OfAnotherGatewayWithoutReset_ResumesAtTheLastProgrammedByteAndErasesNothing()
    {
        var bench = Begin();
        bench.Data(Image, 0, 500);
        bench.Data(Image, 500, 500);
        bench.Offer(NodeBench.OfferOf(Image));
        var operations = bench.Flash.Operations;

        var offered = bench.Offer(NodeBench.OfferOf(Image));

        offered.Should().BeEquivalentTo(new { Next = 1000, PrefixCrc = Crc32C.Of(Image.AsSpan(0, 1000)) });
        bench.Start(1000).Session.Should().Be(SessionState.Receiving);
        bench.Flash.Operations.Should().Be(operations);
        bench.SendAll(Image, bench.Ask(FrameType.Poll));
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Offer_DiscardOrAnotherImage_ResumesNothing(bool discard, bool another)
    {
        var bench = Begin();
        bench.SendAll(Image, bench.Ask(FrameType.Poll));
        var image = another ? NodeBench.Bytes(Image.Length, seed: 4) : Image;

        bench.Offer(NodeBench.OfferOf(image) with { DiscardPartial = discard }).Should().BeEquivalentTo(new { Next = 0, PrefixCrc = 0u });
        bench.SendAll(image, bench.Start(0));
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Fact]
    public void Abort_ThenOffered_ResumesFromTheJournal()
    {
        var bench = Begin();
        for (var offset = 0; offset < 6000; offset += 500)
        {
            bench.Data(Image, offset, 500);
        }

        bench.Ask(FrameType.Abort).Session.Should().Be(SessionState.None);

        bench.Offer(NodeBench.OfferOf(Image)).Next.Should().Be(4096);
        bench.SendAll(Image, bench.Start(4096));
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Fact]
    public void CutAtOffset_DuringProgramming_IsResumed()
    {
        var bench = Begin();
        bench.Mcu.Faults.CutAtOffset = 5000;
        for (var offset = 0; bench.Mcu.IsPowered; offset += 500)
        {
            bench.Send(FrameType.Data, [.. NodeBench.Number(offset), .. Image.AsSpan(offset, 500)]);
        }

        bench.Boot();
        var offered = bench.Offer(NodeBench.OfferOf(Image));
        offered.Next.Should().Be(4096);
        bench.SendAll(Image, bench.Start(offered.Next));
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    private static NodeBench Begin(byte maxRanges = 3, TimeSpan programTime = default)
    {
        var bench = new NodeBench(NodeBench.Default with { MaxRanges = maxRanges, ProgramTime = programTime });
        bench.Offer(NodeBench.OfferOf(Image));
        bench.Start(0).Session.Should().Be(SessionState.Receiving);
        return bench;
    }
}
