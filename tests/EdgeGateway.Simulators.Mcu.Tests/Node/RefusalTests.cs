using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>Every result of wire-protocol.md 4.4 that is not ok, and that nothing is touched by a refusal.</summary>
public sealed class RefusalTests
{
    private readonly NodeBench _bench = new();

    [Theory]
    [InlineData(FrameType.Property)]
    [InlineData(FrameType.Command)]
    [InlineData((FrameType)0x3F)]
    public void UnknownType_IsNotSupported(FrameType type) => _bench.Ask(type, 1, 2, 3).Result.Should().Be(ResultCode.NotSupported);

    [Theory]
    [InlineData(FrameType.Hello)]
    [InlineData(FrameType.Offer)]
    [InlineData(FrameType.Start)]
    [InlineData(FrameType.Data)]
    [InlineData(FrameType.Activate)]
    [InlineData(FrameType.Confirm)]
    public void BodyTooShort_IsMalformed(FrameType type)
    {
        _bench.TryAsk(type, [], out var answer).Should().BeTrue();

        answer[0].Should().Be((byte)ResultCode.Malformed);
    }

    [Theory]
    [InlineData("Fabrikam", "MCU-A", 1000, 0xFF, ResultCode.WrongTarget)]
    [InlineData("Contoso", "MCU-B", 1000, 0xFF, ResultCode.WrongTarget)]
    [InlineData("Contoso", "MCU-A", (32 * 1024) + 1, 0xFF, ResultCode.TooLarge)]
    [InlineData("Contoso", "MCU-A", 1000, 0, ResultCode.WrongState)]
    [InlineData("Contoso", "MCU-A", 1000, 2, ResultCode.Malformed)]
    [InlineData("Contoso", "MCU-A", 0, 0xFF, ResultCode.Malformed)]
    [InlineData("Contoso", "MCU-A", 1000, 1, ResultCode.Ok)]
    public void Offer_IsRefusedBeforeAnythingIsTouched(string vendor, string model, int size, byte slot, ResultCode expected)
    {
        var operations = _bench.Flash.Operations;

        var status = _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage) with { Vendor = vendor, Model = model, Size = size, Slot = slot });

        status.Result.Should().Be(expected);
        _bench.Flash.Operations.Should().Be(operations);
        status.Session.Should().Be(expected == ResultCode.Ok ? SessionState.Offered : SessionState.None);
    }

    [Fact]
    public void Offer_VersionNotAllowed_IsRefused()
    {
        _bench.Mcu.Faults.RefusesVersion = true;

        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage)).Result.Should().Be(ResultCode.VersionRefused);
    }

    [Fact]
    public void Offer_DuringATrial_IsWrongState()
    {
        _bench.Update(NodeBench.NewImage);

        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage)).Result.Should().Be(ResultCode.WrongState);
    }

    [Theory]
    [InlineData(FrameType.Start, 4)]
    [InlineData(FrameType.Data, 12)]
    [InlineData(FrameType.Poll, 0)]
    [InlineData(FrameType.Verify, 0)]
    [InlineData(FrameType.Activate, 2)]
    public void WithoutSession_IsWrongState(FrameType type, int length) =>
        _bench.Ask(type, [.. Enumerable.Repeat((byte)1, length)]).Should().BeEquivalentTo(
            new { Result = ResultCode.WrongState, Session = SessionState.None });

    [Theory]
    [InlineData(FrameType.Data, 12)]
    [InlineData(FrameType.Verify, 0)]
    [InlineData(FrameType.Activate, 2)]
    public void Offered_NotStarted_IsWrongState(FrameType type, int length)
    {
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));

        _bench.Ask(type, [.. Enumerable.Repeat((byte)1, length)]).Result.Should().Be(ResultCode.WrongState);
    }

    [Theory]
    [InlineData(FrameType.Verify)]
    [InlineData(FrameType.Activate)]
    public void Receiving_NotComplete_IsWrongState(FrameType type)
    {
        Begin();

        _bench.Ask(type, 1, 0).Result.Should().Be(ResultCode.WrongState);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(20_000)]
    public void Start_BeyondWhatIsHeld_IsMalformed(long offset)
    {
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));

        _bench.Start(offset).Result.Should().Be(ResultCode.Malformed);
    }

    [Fact]
    public void Data_BeyondTheImageOrTooLong_IsMalformed()
    {
        Begin();

        _bench.Ask(FrameType.Data, [.. NodeBench.Number(NodeBench.NewImage.Length - 1), 1, 2]).Result.Should().Be(ResultCode.Malformed);
        _bench.Ask(FrameType.Data, [.. NodeBench.Number(0), .. new byte[513]]).Result.Should().Be(ResultCode.Malformed);
    }

    [Fact]
    public void Verify_BitRot_IsDigestMismatchAndThePartialImageIsForgotten()
    {
        _bench.Mcu.Faults.BitRot = true;
        _bench.SendAll(NodeBench.NewImage, Begin());

        _bench.Verify().Should().BeEquivalentTo(new { Result = ResultCode.DigestMismatch, Session = SessionState.None });
        _bench.Ask(FrameType.Poll).Result.Should().Be(ResultCode.DigestMismatch);
        _bench.Activate().Result.Should().Be(ResultCode.DigestMismatch);
        _bench.Mcu.Faults.BitRot = false;
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage)).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Next = 0 });
    }

    [Fact]
    public void Verify_AnotherImageThanAnnounced_IsDigestMismatch()
    {
        Begin();
        var other = NodeBench.Bytes(NodeBench.NewImage.Length, seed: 9);
        _bench.SendAll(other, _bench.Ask(FrameType.Poll));

        _bench.Verify().Result.Should().Be(ResultCode.DigestMismatch);
    }

    [Fact]
    public void Verify_SignatureNotGood_IsRefused()
    {
        _bench.Mcu.Faults.RefusesSignature = true;
        _bench.SendAll(NodeBench.NewImage, Begin());

        _bench.Verify().Result.Should().Be(ResultCode.SignatureRefused);
        _bench.Activate().Result.Should().Be(ResultCode.SignatureRefused);
    }

    [Fact]
    public void Start_BlockThatCannotBeErased_IsEraseFailed()
    {
        _bench.Mcu.Faults.EraseFailsAt = 5000;
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));

        _bench.Start(0).Should().BeEquivalentTo(new { Result = ResultCode.EraseFailed, Session = SessionState.None });
        _bench.Ask(FrameType.Poll).Result.Should().Be(ResultCode.EraseFailed);
    }

    [Fact]
    public void Data_CellThatCannotBeProgrammed_IsProgramFailed()
    {
        _bench.Mcu.Faults.ProgramFailsAt = 6000;

        _bench.SendAll(NodeBench.NewImage, Begin()).Should().BeEquivalentTo(new { Result = ResultCode.ProgramFailed, Session = SessionState.None });
        _bench.Hello().RunningVersion.Should().Be("1.0.0");
    }

    [Fact]
    public void RollBack_NothingBefore_IsRefused() => _bench.Ask(FrameType.RollBack).Result.Should().Be(ResultCode.NothingToRollBack);

    [Fact]
    public void Confirm_AnotherImage_IsDigestMismatch() => _bench.Confirm(NodeBench.NewImage).Result.Should().Be(ResultCode.DigestMismatch);

    [Fact]
    public void Activate_NoTrialTime_IsMalformed()
    {
        _bench.SendAll(NodeBench.NewImage, Begin());
        _bench.Verify();

        _bench.Activate(seconds: 0).Should().BeEquivalentTo(new { Result = ResultCode.Malformed, Session = SessionState.Verified });
    }

    [Fact]
    public void EraseUnderWay_EverythingIsBusy()
    {
        var bench = new NodeBench(NodeBench.Default with { EraseTime = TimeSpan.FromMilliseconds(20) });
        bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));

        bench.Ask(FrameType.Start, NodeBench.Number(0)).Should().BeEquivalentTo(
            new { Result = ResultCode.Busy, Session = SessionState.Offered, WaitMilliseconds = 200 });
        bench.Ask(FrameType.Data, [.. NodeBench.Number(0), 1]).Result.Should().Be(ResultCode.Busy);
        bench.Ask(FrameType.Poll).Result.Should().Be(ResultCode.Busy);
        bench.Pass(TimeSpan.FromMilliseconds(200));
        bench.Ask(FrameType.Poll).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Session = SessionState.Receiving, Limit = 2048 });
    }

    [Fact]
    public void DigestUnderWay_IsBusyWithTheTimeItTakes()
    {
        var bench = new NodeBench(NodeBench.Default with { DigestRate = 100_000 });
        bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));
        bench.SendAll(NodeBench.NewImage, bench.Start(0));

        bench.Ask(FrameType.Verify).Should().BeEquivalentTo(
            new { Result = ResultCode.Busy, Session = SessionState.Complete, WaitMilliseconds = 101 });
        bench.Pass(TimeSpan.FromMilliseconds(101));
        bench.Ask(FrameType.Poll).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Session = SessionState.Verified });
    }

    private Status Begin()
    {
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));
        return _bench.Start(0);
    }
}
