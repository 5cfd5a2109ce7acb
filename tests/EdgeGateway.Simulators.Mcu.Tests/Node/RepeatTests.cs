using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>Repeats: wire-protocol.md section 3.</summary>
public sealed class RepeatTests
{
    [Fact]
    public void Receive_TheVeryFrameAgain_AnswersAgainAndDoesNothingElse()
    {
        var bench = new NodeBench();
        bench.Update(NodeBench.NewImage);
        var body = Sha256Digest.Of(NodeBench.NewImage).Bytes.ToArray();
        bench.TryAsk(FrameType.Confirm, body, out var once, sequence: 77).Should().BeTrue();
        var operations = bench.Flash.Operations;

        bench.TryAsk(FrameType.Confirm, body, out var again, sequence: 77).Should().BeTrue();

        again.Should().Equal(once);
        bench.Flash.Operations.Should().Be(operations);
    }

    [Fact]
    public void Receive_SameSequenceAnotherBody_IsANewQuestion()
    {
        var bench = new NodeBench();
        bench.TryAsk(FrameType.Confirm, new byte[32], out var wrong, sequence: 5).Should().BeTrue();
        bench.TryAsk(FrameType.Confirm, Sha256Digest.Of(NodeBench.OldImage).Bytes.ToArray(), out var right, sequence: 5).Should().BeTrue();

        wrong[0].Should().Be((byte)ResultCode.DigestMismatch);
        right[0].Should().Be((byte)ResultCode.Ok);
    }

    [Fact]
    public void Start_AgainWithAnotherSequence_ErasesNothingTwice()
    {
        var bench = new NodeBench();
        bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));
        bench.Start(0).Session.Should().Be(SessionState.Receiving);
        var operations = bench.Flash.Operations;

        bench.Start(0).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Session = SessionState.Receiving, Next = 0 });
        bench.Flash.Operations.Should().Be(operations);
    }

    [Fact]
    public void Verify_Again_IsStillVerified()
    {
        var bench = new NodeBench();
        bench.SendAll(NodeBench.NewImage, StartOf(bench));
        bench.Verify();

        bench.Verify().Should().BeEquivalentTo(new { Result = ResultCode.Ok, Session = SessionState.Verified });
    }

    [Fact]
    public void Data_Again_ChangesNothing()
    {
        var bench = new NodeBench();
        StartOf(bench);
        bench.Data(NodeBench.NewImage, 0, 500);

        bench.Data(NodeBench.NewImage, 0, 500).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Next = 500 });
        bench.SendAll(NodeBench.NewImage, bench.Ask(FrameType.Poll));
        bench.Verify().Session.Should().Be(SessionState.Verified);
    }

    [Fact]
    public void Abort_Again_IsStillOk()
    {
        var bench = new NodeBench();
        StartOf(bench);

        bench.Ask(FrameType.Abort).Should().BeEquivalentTo(new { Result = ResultCode.Ok, Session = SessionState.None });
        bench.Ask(FrameType.Abort).Result.Should().Be(ResultCode.Ok);
        bench.Hello().RunningDigest.Should().Be(Sha256Digest.Of(NodeBench.OldImage));
    }

    private static Status StartOf(NodeBench bench)
    {
        bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));
        return bench.Start(0);
    }
}
