using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>Trial boot, confirmation and the ways back: wire-protocol.md 5.6.</summary>
public sealed class TrialTests
{
    private static readonly byte[] Image = NodeBench.NewImage;

    private readonly NodeBench _bench = new();

    [Fact]
    public void Activate_Always_BootsTheNewImageOnTrial()
    {
        _bench.Update(Image);

        _bench.Hello().Should().BeEquivalentTo(new
        {
            BootState = BootState.Trial,
            RunningSlot = 1,
            RunningDigest = Sha256Digest.Of(Image),
            RunningVersion = "2.0.0",
            CanRollBack = true,
        });
    }

    [Fact]
    public void Confirm_InTime_IsPermanent()
    {
        _bench.Update(Image, trialSeconds: 60);
        _bench.Confirm(Image).Result.Should().Be(ResultCode.Ok);
        _bench.Pass(TimeSpan.FromHours(1));
        Reset();

        _bench.Hello().Should().BeEquivalentTo(new { BootState = BootState.Confirmed, RunningVersion = "2.0.0", CanRollBack = true });
    }

    [Fact]
    public void Confirm_Never_BringsTheOldImageBackWhenTheTimeIsUp()
    {
        _bench.Update(Image, trialSeconds: 60);
        _bench.Pass(TimeSpan.FromSeconds(59));
        _bench.Mcu.Snapshot.BootState.Should().Be(BootState.Trial);
        _bench.Pass(TimeSpan.FromSeconds(2));

        ShouldBeRolledBack();
    }

    [Fact]
    public void Reset_DuringTrial_BringsTheOldImageBack()
    {
        _bench.Update(Image);
        Reset();

        ShouldBeRolledBack();
        _bench.Confirm(Image).Result.Should().Be(ResultCode.DigestMismatch);
    }

    [Fact]
    public void DeadImage_AfterActivation_IsEndedByTheWatchdog()
    {
        _bench.Mcu.Faults.DeadImage = true;
        _bench.Update(Image);
        _bench.TryAsk(FrameType.Hello, new Hello(1, 1, 0).ToBody(), out _).Should().BeFalse("the image hangs");
        _bench.Pass(TimeSpan.FromSeconds(3));

        ShouldBeRolledBack();
    }

    [Fact]
    public void RollBack_DuringTrial_BringsTheOldImageBack()
    {
        _bench.Update(Image);
        _bench.Ask(FrameType.RollBack).Result.Should().Be(ResultCode.Ok);
        _bench.Pass(TimeSpan.FromSeconds(1));

        ShouldBeRolledBack();
    }

    [Fact]
    public void RollBack_AfterConfirmation_BringsTheOldImageBackOnce()
    {
        _bench.Update(Image);
        _bench.Confirm(Image);
        _bench.Ask(FrameType.RollBack).Result.Should().Be(ResultCode.Ok);
        _bench.Pass(TimeSpan.FromSeconds(1));

        ShouldBeRolledBack();
        _bench.Ask(FrameType.RollBack).Result.Should().Be(ResultCode.NothingToRollBack);
    }

    [Fact]
    public void Update_AfterARollBack_Works()
    {
        _bench.Update(Image);
        Reset();
        _bench.Update(Image);
        _bench.Confirm(Image).Result.Should().Be(ResultCode.Ok);

        _bench.Hello().BootState.Should().Be(BootState.Confirmed);
    }

    [Fact]
    public void Update_ManyInARow_ChangesSlotsEachTime()
    {
        for (var round = 1; round <= 12; round++)
        {
            var image = NodeBench.Bytes(5000 + round, seed: round);
            _bench.Update(image);
            _bench.Confirm(image).Result.Should().Be(ResultCode.Ok);
            _bench.Mcu.Snapshot.RunningSlot.Should().Be(round % 2 == 1 ? Slot.B : Slot.A);
        }
    }

    [Fact]
    public void Boot_ActiveImageRotten_TakesTheProvenOneBefore()
    {
        _bench.Update(Image);
        _bench.Confirm(Image);
        _bench.Flash.Rot(NodeBench.Geometry.AddressOf(Slot.B) + 77);
        Reset();

        _bench.Hello().Should().BeEquivalentTo(new { BootState = BootState.RolledBack, RunningVersion = "1.0.0" });
    }

    [Fact]
    public void Boot_NoImageWhole_IsRecovery()
    {
        _bench.Flash.Rot(NodeBench.Geometry.AddressOf(Slot.A) + 77);
        Reset();

        _bench.Hello().Should().BeEquivalentTo(new { BootState = BootState.Recovery, RunningSlot = 0xFF });
    }

    [Fact]
    public void Activate_AnswerIsOnItsWay_BeforeTheReset()
    {
        var bench = new NodeBench(NodeBench.Default with { CharacterTime = TimeSpan.FromMilliseconds(1) });
        bench.Offer(NodeBench.OfferOf(Image));
        bench.SendAll(Image, bench.Start(0));
        bench.Verify();

        bench.Activate().Session.Should().Be(SessionState.Activated);
        bench.Mcu.Snapshot.BootCount.Should().Be(1);
        bench.Pass(TimeSpan.FromMilliseconds(50));
        bench.Mcu.Snapshot.BootCount.Should().Be(2);
    }

    private void Reset()
    {
        _bench.Mcu.CutPower(_bench.Now);
        _bench.Boot();
    }

    private void ShouldBeRolledBack() => _bench.Hello().Should().BeEquivalentTo(new
    {
        BootState = BootState.RolledBack,
        RunningSlot = 0,
        RunningDigest = Sha256Digest.Of(NodeBench.OldImage),
        RunningVersion = "1.0.0",
        CanRollBack = false,
    });
}
