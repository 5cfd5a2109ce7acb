using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

public sealed class SimulatedMcuTests
{
    private static readonly byte[] HelloBody = new Hello(1, 1, 0).ToBody();

    [Fact]
    public void Hello_FromTheFactory_TellsWhatItIs()
    {
        var info = new NodeBench().Hello();

        info.Should().BeEquivalentTo(new Info
        {
            Version = 1,
            BootState = BootState.Confirmed,
            RunningSlot = 0,
            MaxPayload = 512,
            Window = 2048,
            MaxRanges = 3,
            SlotSize = 32 * 1024,
            EraseBlock = 1024,
            ProgramUnit = 8,
            BootTime = TimeSpan.FromMilliseconds(300),
            RunningDigest = Sha256Digest.Of(NodeBench.OldImage),
            Vendor = "Contoso",
            Model = "MCU-A",
            HardwareRevision = "r1",
            SerialNumber = "SN1",
            RunningVersion = "1.0.0",
        });
    }

    [Fact]
    public void Hello_NoVersionInCommon_TellsVersionZero()
    {
        new NodeBench().TryAsk(FrameType.Hello, new Hello(2, 9, 0).ToBody(), out var answer).Should().BeTrue();

        answer[0].Should().Be(0);
    }

    [Fact]
    public void Hello_WithSpread_AnswersInTheSlotOfItsSerialNumber()
    {
        var bench = new NodeBench(NodeBench.Default with { CharacterTime = TimeSpan.FromMicroseconds(100) });
        var hello = new Hello(1, 1, 16);
        var asked = bench.Now;

        bench.TryAsk(FrameType.Hello, hello.ToBody(), out _).Should().BeTrue();

        hello.SlotOf("SN1").Should().BeGreaterThan(0);
        (bench.Now - asked).Should().Be(TimeSpan.FromMicroseconds(100) * 160 * hello.SlotOf("SN1"));
    }

    [Theory]
    [InlineData(false, 0, true)]
    [InlineData(false, 1, true)]
    [InlineData(false, 2, false)]
    [InlineData(true, 0, false)]
    [InlineData(true, 1, true)]
    [InlineData(true, 2, false)]
    public void Receive_ByAddress_AnswersOnlyItsOwn(bool halfDuplex, byte address, bool answered) =>
        new NodeBench(NodeBench.Default with { HalfDuplex = halfDuplex })
            .TryAsk(FrameType.Hello, HelloBody, out _, address: address).Should().Be(answered);

    [Fact]
    public void Receive_WithoutAsk_SaysNothing() => new NodeBench().TryAsk(FrameType.Hello, HelloBody, out _, ask: false).Should().BeFalse();

    [Fact]
    public void Receive_OnABus_WaitsBeforeItDrivesTheLine()
    {
        var bench = new NodeBench(NodeBench.Default with { HalfDuplex = true, CharacterTime = TimeSpan.FromMilliseconds(1) });
        var asked = bench.Now;

        bench.TryAsk(FrameType.Ping, [], out _, address: 1).Should().BeTrue();

        (bench.Now - asked).Should().Be(TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void Ping_Always_TellsUptimeAndBoots()
    {
        var bench = new NodeBench();
        bench.Pass(TimeSpan.FromSeconds(42.5));

        bench.TryAsk(FrameType.Ping, [], out var answer).Should().BeTrue();

        HeartbeatBody.TryRead(answer, out var heartbeat).Should().BeTrue();
        heartbeat.Should().Be(new HeartbeatBody(42, BootState.Confirmed, 0, 1));
    }

    [Fact]
    public void Events_NothingQueued_TellsHeartbeat()
    {
        new NodeBench().TryAsk(FrameType.Events, [], out var answer).Should().BeTrue();

        answer[0].Should().Be(0);
        HeartbeatBody.TryRead(answer.AsSpan(1), out _).Should().BeTrue();
    }

    [Fact]
    public void Receive_WhileBooting_IsDeaf()
    {
        var bench = new NodeBench();
        bench.Mcu.CutPower(bench.Now);
        bench.Mcu.PowerOn(bench.Now);

        bench.TryAsk(FrameType.Hello, HelloBody, out _).Should().BeFalse();
        bench.Pass(bench.Options.BootTime);
        bench.Hello().Version.Should().Be(1);
    }

    [Fact]
    public void CutPower_Always_EndsTheSession()
    {
        var bench = new NodeBench();
        bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));
        bench.Mcu.CutPower(bench.Now);
        bench.Mcu.IsPowered.Should().BeFalse();
        bench.Boot();

        bench.Ask(FrameType.Poll).Should().BeEquivalentTo(new { Result = ResultCode.WrongState, Session = SessionState.None });
        bench.Mcu.Snapshot.BootCount.Should().Be(2);
    }

    [Fact]
    public void Silence_ForAWhile_HearsAndSaysNothing()
    {
        var bench = new NodeBench();
        bench.Mcu.Silence(bench.Now + TimeSpan.FromSeconds(1));

        bench.TryAsk(FrameType.Hello, HelloBody, out _).Should().BeFalse();
        bench.Pass(TimeSpan.FromSeconds(2));
        bench.TryAsk(FrameType.Hello, HelloBody, out _).Should().BeTrue();
    }

    [Fact]
    public void Receive_SilentFault_SaysNothing()
    {
        var bench = new NodeBench();
        bench.Mcu.Faults.Silent = true;

        bench.TryAsk(FrameType.Hello, HelloBody, out _).Should().BeFalse();
    }

    [Fact]
    public void Receive_GarbageFault_AnswersNoFrame()
    {
        var bench = new NodeBench();
        bench.Mcu.Faults.Garbage = true;
        bench.Send(FrameType.Hello, HelloBody, ask: true);

        bench.Mcu.TryTransmit(bench.Now, out var bytes).Should().BeTrue();
        var input = bytes.Span;
        new FrameReader(1000).TryRead(ref input, out _).Should().BeFalse();
    }

    [Fact]
    public void Receive_ShellFault_EchoesText()
    {
        var bench = new NodeBench();
        bench.Mcu.Faults.Shell = true;
        bench.Mcu.Receive("abc\r"u8, bench.Now);

        bench.Mcu.TryTransmit(bench.Now, out var bytes).Should().BeTrue();
        System.Text.Encoding.ASCII.GetString(bytes.Span).Should().Contain("abc").And.Contain("unknown command");
    }

    [Fact]
    public void PowerOn_BlankFlash_IsInRecoveryAndCanBeUpdated()
    {
        var bench = new NodeBench(medium: new MemoryFlashMedium(NodeBench.Geometry));
        bench.Hello().Should().BeEquivalentTo(new { BootState = BootState.Recovery, RunningSlot = 0xFF });

        bench.Update(NodeBench.NewImage);
        bench.Confirm(NodeBench.NewImage).Result.Should().Be(ResultCode.Ok);

        bench.Hello().Should().BeEquivalentTo(
            new { BootState = BootState.Confirmed, RunningDigest = Sha256Digest.Of(NodeBench.NewImage), RunningVersion = "2.0.0" });
    }

    [Fact]
    public void Receive_RandomBytes_NeverBreaksIt()
    {
        var bench = new NodeBench();
        var random = new Random(3);
        var noise = new byte[100_000];
        random.NextBytes(noise);
        bench.Mcu.Receive(noise, bench.Now);
        bench.Mcu.Receive([0], bench.Now);

        bench.Hello().Version.Should().Be(1);
    }
}
