using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Tests.Protocol.Messages;

/// <summary>Every body survives writing and reading, and no cut-off body is taken for a whole one.</summary>
public sealed class MessageTests
{
    private static readonly Info SomeInfo = new()
    {
        Version = 1,
        BootState = BootState.Trial,
        RunningSlot = 1,
        HalfDuplex = true,
        CanRollBack = true,
        MaxPayload = 1024,
        Window = 8192,
        MaxRanges = 8,
        SlotSize = 1 << 20,
        EraseBlock = 4096,
        ProgramUnit = 8,
        BootTime = TimeSpan.FromMilliseconds(310),
        RunningDigest = Sha256Digest.Of([1, 2, 3]),
        Vendor = "Contoso",
        Model = "MCU-A",
        HardwareRevision = "r1",
        SerialNumber = "SN-Ü-1",
        RunningVersion = "1.0.0",
    };

    private static readonly Offer SomeOffer = new()
    {
        Size = 320_016,
        Digest = Sha256Digest.Of([4]),
        Slot = Offer.InactiveSlot,
        DiscardPartial = true,
        Vendor = "Contoso",
        Model = "MCU-A",
        Version = "2.0.0",
    };

    [Fact]
    public void Info_RoundTrip_IsTheSame()
    {
        Info.TryRead(SomeInfo.ToBody(), out var read).Should().BeTrue();
        read.Should().Be(SomeInfo);
    }

    [Fact]
    public void Info_BytesBehindTheStrings_AreIgnored()
    {
        Info.TryRead([.. SomeInfo.ToBody(), 1, 2, 3], out var read).Should().BeTrue();
        read.Should().Be(SomeInfo);
    }

    [Fact]
    public void Info_EveryTruncation_IsRefused()
    {
        var body = SomeInfo.ToBody();
        for (var length = 0; length < body.Length; length++)
        {
            Info.TryRead(body.AsSpan(0, length), out _).Should().BeFalse("length {0}", length);
        }
    }

    [Theory]
    [InlineData(1, 9)] // boot state
    [InlineData(5, 0xFF)] // maxPayload above 4096
    [InlineData(55, 65)] // string longer than 64
    public void Info_ValueOutOfRange_IsRefused(int offset, byte value)
    {
        var body = SomeInfo.ToBody();
        body[offset] = value;
        Info.TryRead(body, out _).Should().BeFalse();
    }

    [Fact]
    public void Info_WindowSmallerThanPayload_IsRefused() =>
        Info.TryRead((SomeInfo with { Window = 1023 }).ToBody(), out _).Should().BeFalse();

    [Fact]
    public void Info_LongString_IsCutAtACharacter()
    {
        Info.TryRead((SomeInfo with { Vendor = new string('ü', 40) }).ToBody(), out var read).Should().BeTrue();
        read.Vendor.Should().Be(new string('ü', 32));
    }

    [Fact]
    public void Offer_RoundTrip_IsTheSame()
    {
        Offer.TryRead(SomeOffer.ToBody(), out var read).Should().BeTrue();
        read.Should().Be(SomeOffer);
    }

    [Fact]
    public void Offer_EveryTruncation_IsRefused()
    {
        var body = SomeOffer.ToBody();
        for (var length = 0; length < body.Length; length++)
        {
            Offer.TryRead(body.AsSpan(0, length), out _).Should().BeFalse("length {0}", length);
        }
    }

    [Fact]
    public void Offer_SizeZeroOrUnknownSlot_IsRefused()
    {
        Offer.TryRead((SomeOffer with { Size = 0 }).ToBody(), out _).Should().BeFalse();
        Offer.TryRead((SomeOffer with { Slot = 2 }).ToBody(), out _).Should().BeFalse();
    }

    [Fact]
    public void Heartbeat_RoundTrip_IsTheSame()
    {
        var heartbeat = new HeartbeatBody(77, BootState.RolledBack, 1, 5);
        HeartbeatBody.TryRead(heartbeat.ToBody(), out var read).Should().BeTrue();
        read.Should().Be(heartbeat);
        HeartbeatBody.TryRead(heartbeat.ToBody().AsSpan(1), out _).Should().BeFalse();
    }

    [Fact]
    public void Status_WithRanges_RoundTripIsTheSame()
    {
        var status = new Status
        {
            Result = ResultCode.Busy,
            Session = SessionState.Receiving,
            WaitMilliseconds = 120,
            Next = 1000,
            Limit = 9000,
            Ranges = [new ByteRange(2000, 3000), new ByteRange(4000, 4001)],
        };
        Status.TryRead(status.ToBody(), out var read).Should().BeTrue();
        read.Should().BeEquivalentTo(status);
    }

    [Theory]
    [InlineData(1000, 2000)] // touches next
    [InlineData(3000, 3000)] // empty
    [InlineData(3000, 2000)] // backwards
    public void Status_RangesOutOfOrder_AreRefused(long start, long end)
    {
        var status = new Status { Result = 0, Session = SessionState.Receiving, Next = 1000, Ranges = [new ByteRange(start, end)] };
        Status.TryRead(status.ToBody(), out _).Should().BeFalse();
    }

    [Fact]
    public void Status_HalfARange_IsRefused()
    {
        var status = new Status { Result = 0, Session = SessionState.Receiving, Ranges = [new ByteRange(1, 2)] };
        var body = status.ToBody();
        Status.TryRead(body.AsSpan(0, body.Length - 4), out _).Should().BeFalse();
        Status.TryRead(body.AsSpan(0, 11), out _).Should().BeFalse();
    }

    [Fact]
    public void OfferAnswer_WithAndWithoutCrc_AreBothRead()
    {
        var accepted = new Status { Result = ResultCode.Ok, Session = SessionState.Offered, Next = 512, PrefixCrc = 0xDEADBEEF };
        Status.TryReadOfferAnswer(accepted.ToBody(), out var read).Should().BeTrue();
        read.Should().BeEquivalentTo(accepted);

        var refused = new Status { Result = ResultCode.TooLarge, Session = SessionState.None };
        Status.TryReadOfferAnswer(refused.ToBody(), out read).Should().BeTrue();
        read.PrefixCrc.Should().BeNull();
    }

    [Fact]
    public void Hello_SlotOf_StaysInsideTheSpread()
    {
        var hello = new Hello(1, 1, 8);
        Enumerable.Range(0, 100).Select(i => hello.SlotOf($"SN{i}")).Distinct().Should().BeSubsetOf(Enumerable.Range(0, 8)).And.HaveCount(8);
        new Hello(1, 1, 0).SlotOf("SN1").Should().Be(0);
    }
}
