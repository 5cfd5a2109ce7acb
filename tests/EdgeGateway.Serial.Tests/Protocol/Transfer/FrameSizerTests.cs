using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

public sealed class FrameSizerTests
{
    [Fact]
    public void Payload_CleanLine_IsTheLongest()
    {
        var sizer = new FrameSizer(1024);
        Note(sizer, frames: 100, lostEvery: int.MaxValue);
        sizer.Payload.Should().Be(1024);
    }

    [Fact]
    public void Payload_OneLossOnACleanLine_StaysTheLongest()
    {
        var sizer = new FrameSizer(1024);
        Note(sizer, frames: 60, lostEvery: 50);
        sizer.Payload.Should().Be(1024);
    }

    [Fact]
    public void Payload_NoisyLine_ShrinksAndGrowsAgainWhenItIsClean()
    {
        var sizer = new FrameSizer(1024);
        Note(sizer, frames: 500, lostEvery: 2);
        sizer.Payload.Should().BeInRange(FrameSizer.LeastPayload, 256);
        Note(sizer, frames: 3000, lostEvery: int.MaxValue);
        sizer.Payload.Should().Be(1024);
    }

    [Fact]
    public void Payload_EverythingLost_NeverFallsBelowTheLeast()
    {
        var sizer = new FrameSizer(1024);
        Note(sizer, frames: 5000, lostEvery: 1);
        sizer.Payload.Should().Be(FrameSizer.LeastPayload);
    }

    [Fact]
    public void Payload_NodeThatTakesLittle_StaysWithinItsPayload()
    {
        var sizer = new FrameSizer(16);
        Note(sizer, frames: 500, lostEvery: 2);
        sizer.Payload.Should().Be(16);
    }

    private static void Note(FrameSizer sizer, int frames, int lostEvery)
    {
        for (var i = 1; i <= frames; i++)
        {
            sizer.Note(sizer.Payload + 17, lost: i % lostEvery == 0);
        }
    }
}
