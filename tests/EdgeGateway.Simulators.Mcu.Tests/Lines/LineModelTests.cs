using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Simulators.Mcu.Tests.Lines;

public sealed class LineModelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(9600)]
    [InlineData(115200)]
    [InlineData(921600)]
    [InlineData(3_000_000)]
    public void Pull_AfterAnyTime_RateIsExact(int baud)
    {
        var line = new LineModel(new LineOptions { Baud = baud }, seed: 1);
        line.Push(new byte[baud], TimeSpan.Zero);

        Drain(line, Second).Should().Be(baud / 10);
        Drain(line, Second * 3).Should().Be(baud / 10 * 2);
    }

    [Fact]
    public void Pull_WhateverTheTicks_LongRunRateIsTheSame()
    {
        var random = new Random(5);
        var line = new LineModel(new LineOptions { Baud = 115200 }, seed: 1);
        line.Push(new byte[200_000], TimeSpan.Zero);
        var total = 0;
        var now = TimeSpan.Zero;
        while (now < Second * 10)
        {
            now = TimeSpan.FromTicks(Math.Min((now + TimeSpan.FromTicks(random.Next(1, 90_000))).Ticks, (Second * 10).Ticks));
            total += Drain(line, now);
        }

        total.Should().Be(115200);
    }

    [Fact]
    public void Push_InSmallPieces_TakesTheTimeOfOnePiece()
    {
        var line = new LineModel(new LineOptions { Baud = 115200 }, seed: 1);
        for (var i = 0; i < 11520; i++)
        {
            line.Push([1], TimeSpan.Zero);
        }

        Drain(line, Second - TimeSpan.FromTicks(1)).Should().Be(11519);
        Drain(line, Second).Should().Be(1);
    }

    [Fact]
    public void Push_AfterIdleTime_EarnsNoCredit()
    {
        var line = new LineModel(new LineOptions { Baud = 9600 }, seed: 1);
        line.Push(new byte[10], TimeSpan.Zero);
        Drain(line, Second).Should().Be(10);

        var when = line.Push(new byte[960], Second * 5);

        when.Should().Be(new Occupancy(Second * 5, Second * 6));
        Drain(line, (Second * 5) + TimeSpan.FromMilliseconds(500)).Should().Be(480);
    }

    [Fact]
    public void Push_WhileBusy_FollowsWhatIsUnderWay()
    {
        var line = new LineModel(new LineOptions { Baud = 9600 }, seed: 1);
        line.Push(new byte[960], TimeSpan.Zero);

        line.Push(new byte[480], Second / 2).Should().Be(new Occupancy(Second, Second * 1.5));
    }

    [Fact]
    public void NextDue_WithLatency_IsCharacterTimePlusLatency()
    {
        var line = new LineModel(new LineOptions { Baud = 10_000, Latency = TimeSpan.FromMilliseconds(16) }, seed: 1);
        line.Push([1, 2], Second);

        line.NextDue.Should().Be(Second + TimeSpan.FromMilliseconds(17));
        Drain(line, Second + TimeSpan.FromMilliseconds(16.9)).Should().Be(0);
        line.Pull(new byte[10], Second + TimeSpan.FromMilliseconds(30), out var last).Should().Be(2);
        last.Should().Be(Second + TimeSpan.FromMilliseconds(18));
        line.NextDue.Should().BeNull();
    }

    [Fact]
    public void Pull_Unpaced_GivesAllAtOnceAndUnchanged()
    {
        var line = new LineModel(new LineOptions { Baud = 0 }, seed: 1);
        var sent = new byte[5000];
        new Random(3).NextBytes(sent);
        line.Push(sent, Second);

        var got = new byte[6000];
        line.Pull(got, Second).Should().Be(5000);
        got[..5000].Should().Equal(sent);
    }

    [Fact]
    public void Pull_IntoLittleMemory_KeepsOrderAndLosesNothing()
    {
        var line = new LineModel(new LineOptions { Baud = 0 }, seed: 1);
        var sent = Enumerable.Range(0, 3000).Select(i => (byte)(i * 7)).ToArray();
        line.Push(sent.AsSpan(0, 1000), TimeSpan.Zero);
        line.Push(sent.AsSpan(1000), TimeSpan.Zero);
        var got = new List<byte>();
        var piece = new byte[7];
        for (var count = line.Pull(piece, Second); count > 0; count = line.Pull(piece, Second))
        {
            got.AddRange(piece.AsSpan(0, count));
        }

        got.Should().Equal(sent);
        line.Backlog.Should().Be(0);
    }

    [Fact]
    public void Silence_Always_LosesExactlyWhatIsSentMeanwhile()
    {
        var line = new LineModel(new LineOptions { Baud = 10_000 }, seed: 1);
        var sent = Enumerable.Range(0, 200).Select(i => (byte)i).ToArray();
        line.Silence(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
        line.Push(sent, TimeSpan.Zero);

        var got = new byte[300];
        var count = line.Pull(got, Second);

        got[..count].Should().Equal([.. sent[..50], .. sent[100..]]);
    }

    [Fact]
    public void Garble_Always_ChangesEveryByteInItAndNoOther()
    {
        var line = new LineModel(new LineOptions { Baud = 10_000 }, seed: 1);
        line.Garble(new Occupancy(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)));
        line.Push(new byte[30], TimeSpan.Zero);

        var got = new byte[30];
        line.Pull(got, Second).Should().Be(30);
        got[..10].Should().AllBeEquivalentTo(0);
        got[10..20].Should().NotContain(0);
        got[20..].Should().AllBeEquivalentTo(0);
    }

    [Fact]
    public void Clear_WithBytesUnderWay_ForgetsThem()
    {
        var line = new LineModel(new LineOptions { Baud = 9600 }, seed: 1);
        line.Push(new byte[100], TimeSpan.Zero);
        line.Clear();

        line.NextDue.Should().BeNull();
        Drain(line, Second).Should().Be(0);
        line.Push([1], Second).End.Should().BeCloseTo(Second, TimeSpan.FromMilliseconds(2));
    }

    private static int Drain(LineModel line, TimeSpan now)
    {
        var buffer = new byte[1000];
        var total = 0;
        for (var count = line.Pull(buffer, now); count > 0; count = line.Pull(buffer, now))
        {
            total += count;
        }

        return total;
    }
}
