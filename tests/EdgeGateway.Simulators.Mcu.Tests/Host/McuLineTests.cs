using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Simulators.Mcu.Tests.Host;

public sealed class McuLineTests
{
    private static readonly McuLineOptions Bus = new() { Line = new LineOptions { Baud = 115200 }, HalfDuplex = true };
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Advance_PointToPoint_AnswerComesAfterTheTimeOnTheWireAndTheLatency()
    {
        var bench = new LineBench(
            new McuLineOptions { Line = new LineOptions { Baud = 10_000, Latency = TimeSpan.FromMilliseconds(16) } }, (1, "SN1"));
        bench.Ask(FrameType.Ping, [], address: 0); // 9 bytes there: 9 ms

        var firstByteBack = TimeSpan.FromMilliseconds(9 + 1 + 16);
        bench.Pass(firstByteBack - TimeSpan.FromTicks(1));
        bench.Heard.Should().BeEmpty();
        bench.Pass(TimeSpan.FromTicks(1));
        bench.Heard.Should().ContainSingle();
        bench.Pass(LongEnough);
        bench.Frames().Should().Equal(new FrameHeader(1, FrameType.Ping, 1, Ask: false, FromNode: true));
    }

    [Fact]
    public void Advance_InOneStepOrInMany_GivesTheSameTimes()
    {
        var options = new McuLineOptions { Line = new LineOptions { Baud = 9600, Latency = TimeSpan.FromMilliseconds(2) } };
        var inMany = new LineBench(options, (1, "SN1"));
        inMany.Ask(FrameType.Hello, new Hello(1, 1, 0).ToBody(), address: 0);
        var last = TimeSpan.Zero;
        for (var i = 0; i < 3000; i++)
        {
            var before = inMany.Heard.Count;
            inMany.Pass(TimeSpan.FromMilliseconds(0.1));
            last = inMany.Heard.Count > before ? inMany.Now : last;
        }

        var inOne = new LineBench(options, (1, "SN1"));
        inOne.Ask(FrameType.Hello, new Hello(1, 1, 0).ToBody(), address: 0);
        inOne.Pass(last - inOne.Now - TimeSpan.FromMilliseconds(0.1));
        var missing = inMany.Heard.Count - inOne.Heard.Count;
        inOne.Pass(TimeSpan.FromMilliseconds(0.1));

        missing.Should().BeGreaterThan(0);
        inOne.Heard.Should().Equal(inMany.Heard);
    }

    [Fact]
    public void Bus_QuestionToOne_IsAnsweredByThatOneOnly()
    {
        var bench = new LineBench(Bus, (1, "SN1"), (2, "SN2"), (3, "SN3"));
        bench.Ask(FrameType.Ping, [], address: 2);
        bench.Pass(LongEnough);

        bench.Frames().Should().Equal(new FrameHeader(2, FrameType.Ping, 1, Ask: false, FromNode: true));
    }

    [Fact]
    public void Bus_TwoWithOneAddress_GarbleEachOther()
    {
        var bench = new LineBench(Bus, (1, "SN1"), (1, "SN2"));
        bench.Ask(FrameType.Hello, new Hello(1, 1, 0).ToBody(), address: 1);
        bench.Pass(LongEnough);

        bench.Heard.Should().NotBeEmpty();
        bench.Frames().Should().BeEmpty();
    }

    [Fact]
    public void Bus_TwoWithOneAddressSpreadApart_AreBothHeard()
    {
        var hello = new Hello(1, 1, 16);
        hello.SlotOf("SN1").Should().NotBe(hello.SlotOf("SN2"));
        var bench = new LineBench(Bus, (1, "SN1"), (1, "SN2"));
        bench.Ask(FrameType.Hello, hello.ToBody(), address: 1);
        bench.Pass(TimeSpan.FromSeconds(1));

        bench.Frames().Should().HaveCount(2);
    }

    [Fact]
    public void Bus_HostTalksIntoAnAnswer_GarblesBoth()
    {
        var bench = new LineBench(Bus, (1, "SN1"), (2, "SN2"));
        bench.Ask(FrameType.Hello, new Hello(1, 1, 0).ToBody(), address: 1);
        bench.Pass(TimeSpan.FromMilliseconds(4)); // the answer is on the wire
        bench.Ask(FrameType.Ping, [], address: 2);
        bench.Pass(LongEnough);

        bench.Frames().Should().BeEmpty();
        bench.Line.Write([0], bench.Now); // cuts off what was garbled
        bench.Ask(FrameType.Ping, [], address: 2);
        bench.Pass(LongEnough);
        bench.Frames().Should().ContainSingle();
    }

    [Fact]
    public void Bus_WithEcho_HostHearsItselfFirst()
    {
        var bench = new LineBench(Bus with { Echo = true }, (1, "SN1"));
        bench.Ask(FrameType.Ping, [], address: 1);
        bench.Pass(LongEnough);

        bench.Frames().Should().Equal(
            new FrameHeader(1, FrameType.Ping, 1, Ask: true), new FrameHeader(1, FrameType.Ping, 1, Ask: false, FromNode: true));
    }

    [Fact]
    public void Silence_OnTheLine_LosesTheQuestion()
    {
        var bench = new LineBench(new McuLineOptions(), (1, "SN1"));
        bench.Line.Silence(bench.Now, bench.Now + TimeSpan.FromMilliseconds(50));
        bench.Ask(FrameType.Ping, [], address: 0);
        bench.Pass(LongEnough);
        bench.Frames().Should().BeEmpty();

        bench.Ask(FrameType.Ping, [], address: 0);
        bench.Pass(LongEnough);
        bench.Frames().Should().ContainSingle();
    }

    [Fact]
    public void Room_WhileTheLineIsSlow_IsLimited()
    {
        var bench = new LineBench(new McuLineOptions { Line = new LineOptions { Baud = 9600 }, TransmitBuffer = 1000 }, (1, "SN1"));
        bench.Line.Write(new byte[960], bench.Now);

        bench.Line.Room.Should().Be(40);
        bench.Pass(TimeSpan.FromMilliseconds(500));
        bench.Line.Room.Should().Be(520);
    }

    [Fact]
    public void Clear_WithAnAnswerUnderWay_LosesIt()
    {
        var bench = new LineBench(new McuLineOptions { Line = new LineOptions { Latency = TimeSpan.FromMilliseconds(16) } }, (1, "SN1"));
        bench.Ask(FrameType.Ping, [], address: 0);
        bench.Pass(TimeSpan.FromMilliseconds(5));
        bench.Line.Clear();
        bench.Pass(LongEnough);

        bench.Heard.Should().BeEmpty();
    }

    [Fact]
    public void New_SeveralNodesOnAFullDuplexLine_Throws()
    {
        var make = () => new LineBench(new McuLineOptions(), (1, "SN1"), (2, "SN2"));

        make.Should().Throw<ArgumentException>().WithMessage("*half-duplex*");
    }
}
