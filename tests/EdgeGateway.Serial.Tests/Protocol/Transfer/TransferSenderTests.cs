using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

public sealed class TransferSenderTests(ITestOutputHelper output)
{
    private const long Size = 320_016;

    [Theory]
    [InlineData(11_520, 0.5, false, 0.97)]
    [InlineData(11_520, 16, false, 0.97)]
    [InlineData(92_160, 2, false, 0.97)]
    [InlineData(92_160, 16, false, 0.95)]
    [InlineData(11_520, 16, true, 0.94)]
    public void Run_CleanLine_FillsItAndRepeatsNothing(double rate, double latency, bool halfDuplex, double least)
    {
        var transfer = Transfer(rate, latency, ber: 0, halfDuplex: halfDuplex);
        transfer.Run();
        output.WriteLine($"efficiency {transfer.Efficiency:P2}");
        transfer.Sender!.Outcome.Should().Be(TransferOutcome.Complete);
        transfer.Sender.RetransmittedBytes.Should().Be(0);
        transfer.Efficiency.Should().BeGreaterThan(least);
    }

    [Theory]
    [InlineData(1e-6, 0.95)]
    [InlineData(1e-5, 0.85)]
    [InlineData(1e-4, 0.60)]
    public void Run_NoisyLine_RepairsWithoutWaste(double ber, double least)
    {
        var transfer = Transfer(11_520, 2, ber);
        transfer.Run();
        output.WriteLine($"efficiency {transfer.Efficiency:P2}, sent again {transfer.Sender!.RetransmittedBytes}");
        transfer.Sender.Outcome.Should().Be(TransferOutcome.Complete);
        transfer.Efficiency.Should().BeGreaterThan(least);
    }

    [Fact]
    public void Run_AnyLine_CompletesAndNeverSendsWhatIsHeld()
    {
        var seed = Seed.Take(output);
        for (var round = 0; round < 300; round++)
        {
            var random = new Random(seed + round);
            var payload = random.Next(16, 1500);
            var window = payload * random.Next(1, 12);
            var size = random.Next(1, 60_000);
            var rate = random.Next(3) == 0 ? 92_160 : 11_520;
            var ranges = random.Next(3) == 0 ? 0 : random.Next(1, 9);
            var forgets = random.Next(5) == 0;
            var node = new WindowedNode(size, window, ranges, random.Next(3) == 0 ? 5_000 : double.PositiveInfinity)
            {
                Forgets = forgets ? random : null,
            };
            var parameters = new TransferParameters
            {
                Size = size,
                MaxPayload = payload,
                Window = window,
                HalfDuplex = random.Next(2) == 0,
                BytesPerSecond = random.Next(4) == 0 ? null : rate,
            };
            var transfer = new VirtualTransfer(parameters, node, random.Next())
            {
                Rate = rate,
                Latency = TimeSpan.FromMilliseconds(random.Next(40)),
                BitErrorRate = random.Next(3) switch { 0 => 0, 1 => 1e-5, _ => 1e-4 },
            };
            transfer.Run();
            transfer.Sender!.Outcome.Should().Be(TransferOutcome.Complete, "seed {0}", seed + round);
            node.Next.Should().Be(size);
            if (ranges > 0 && !forgets)
            {
                node.Kept.Should().Be(size);
                node.Redundant.Should().Be(0, "what the node holds is never sent again (seed {0})", seed + round);
            }
        }
    }

    [Fact]
    public void Run_FromAnOffset_SendsOnlyTheRest()
    {
        var node = new WindowedNode(Size, 8192, 8);
        node.OnData(new ByteRange(0, 8192), TimeSpan.Zero);
        var transfer = new VirtualTransfer(Parameters(11_520, false) with { StartOffset = 8192, Window = 16384 }, node, 1);
        transfer.Run();
        transfer.Sender!.Outcome.Should().Be(TransferOutcome.Complete);
        node.Redundant.Should().Be(0);
    }

    [Fact]
    public void Run_NothingLeft_IsCompleteAtOnce()
    {
        var transfer = new VirtualTransfer(Parameters(11_520, false) with { StartOffset = Size }, new WindowedNode(Size, 8192, 8), 1);
        transfer.Run();
        transfer.Elapsed.Should().Be(TimeSpan.Zero);
        transfer.Sender!.Outcome.Should().Be(TransferOutcome.Complete);
    }

    [Fact]
    public void Run_SlowFlash_IsBoundByItAndLosesNothing()
    {
        var node = new WindowedNode(Size, 8192, 8, programBytesPerSecond: 4_000);
        var transfer = new VirtualTransfer(Parameters(11_520, false), node, 1);
        transfer.Run();
        transfer.Sender!.RetransmittedBytes.Should().Be(0);
        (Size / transfer.Elapsed.TotalSeconds).Should().BeInRange(3_700, 4_200);
    }

    [Fact]
    public void Run_NodeDiesOnTheWay_IsSilentWithinHalfAMinute()
    {
        var node = new WindowedNode(Size, 8192, 8);
        var transfer = new VirtualTransfer(Parameters(11_520, false), node, 1) { DeadAfter = TimeSpan.FromSeconds(3) };
        transfer.Run();
        transfer.Sender!.Outcome.Should().Be(TransferOutcome.Silent);
        transfer.Sender.Acknowledged.Should().BePositive();
        transfer.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(8)).And.BeLessThan(TimeSpan.FromSeconds(33));
    }

    [Fact]
    public void OnStatus_Refusal_EndsWithItsReason()
    {
        var sender = Sender();
        sender.TryNext(TimeSpan.Zero, out var action).Should().BeTrue();
        sender.OnStatus(action.Sequence, new Status { Result = ResultCode.ProgramFailed, Session = SessionState.None }, TimeSpan.Zero);
        sender.Outcome.Should().Be(TransferOutcome.Refused);
        sender.Refusal.Should().Be(ResultCode.ProgramFailed);
        sender.TryNext(TimeSpan.Zero, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(Size, 0, 0)] // acknowledges what was never sent
    [InlineData(0, 2_000_000, 2_000_010)]
    public void OnStatus_BytesNeverSent_AreAViolation(long next, long start, long end)
    {
        var sender = Sender();
        sender.TryNext(TimeSpan.Zero, out var action);
        var status = new Status
        {
            Result = ResultCode.Ok,
            Session = SessionState.Receiving,
            Next = next,
            Limit = Size,
            Ranges = end > 0 ? [new ByteRange(start, end)] : [],
        };
        sender.OnStatus(action.Sequence, status, TimeSpan.Zero);
        sender.Outcome.Should().Be(TransferOutcome.Violated);
    }

    [Fact]
    public void OnStatus_AcknowledgmentThatGoesBackwards_IsAViolation()
    {
        var sender = Sender();
        var asks = new List<SendAction>();
        while (sender.TryNext(TimeSpan.Zero, out var action))
        {
            if (action.Ask)
            {
                asks.Add(action);
            }
        }

        asks.Should().HaveCountGreaterThan(1);
        sender.OnStatus(asks[0].Sequence, Receiving(next: asks[0].Range.End), TimeSpan.Zero);
        sender.OnStatus(asks[1].Sequence, Receiving(next: asks[0].Range.End - 1), TimeSpan.Zero);

        sender.Outcome.Should().Be(TransferOutcome.Violated);
        sender.Acknowledged.Should().Be(asks[0].Range.End);
    }

    [Fact]
    public void OnTimer_NoAnswers_IsSilentAfterExactlyTheGivenNumberOfThem()
    {
        var sender = Sender();
        var timeOuts = 0;
        var now = TimeSpan.Zero;
        while (sender.Outcome == TransferOutcome.Running)
        {
            while (sender.TryNext(now, out _))
            {
            }

            now = sender.Deadline!.Value;
            sender.OnTimer(now);
            timeOuts++;
        }

        sender.Outcome.Should().Be(TransferOutcome.Silent);
        timeOuts.Should().Be(TransferSender.SilentPolls);
        now.Should().BeGreaterThan(TransferSender.SilentTime);
    }

    private static Status Receiving(long next) =>
        new() { Result = ResultCode.Ok, Session = SessionState.Receiving, Next = next, Limit = Size };

    private static TransferSender Sender() =>
        new(Parameters(11_520, false), 8192, new WireClock(11_520), new RttEstimator(), 0, TimeSpan.Zero);

    private static TransferParameters Parameters(double rate, bool halfDuplex) => new()
    {
        Size = Size,
        MaxPayload = 1024,
        Window = 8192,
        HalfDuplex = halfDuplex,
        BytesPerSecond = rate,
    };

    private static VirtualTransfer Transfer(double rate, double latency, double ber, bool halfDuplex = false) =>
        new(Parameters(rate, halfDuplex), new WindowedNode(Size, 8192, 8), seed: 7)
        {
            Rate = rate,
            Latency = TimeSpan.FromMilliseconds(latency),
            BitErrorRate = ber,
        };
}
