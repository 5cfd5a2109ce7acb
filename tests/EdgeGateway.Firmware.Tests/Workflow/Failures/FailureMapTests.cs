using EdgeGateway.Content;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Failures;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow.Failures;

public sealed class FailureMapTests
{
    [Fact]
    public void From_EveryKnownFailure_HasAReasonOfItsOwnAndKeepsTheWords()
    {
        var all = Enum.GetValues<LinkFailure>().Select(f => (Exception)new LinkException(f, "words"))
            .Concat(Enum.GetValues<McuFailure>().Select(f => new McuException(f, "words")))
            .Concat(Enum.GetValues<ContentFailure>().Select(f => new ContentException(f, "words")));

        foreach (var error in all)
        {
            var failure = FailureMap.From(error, UpdatePhase.Transferring);
            failure.Reason.Should().NotBe(FailureReason.Internal).And.NotBe(FailureReason.None, error.ToString());
            failure.Text.Should().Be("words");
        }
    }

    [Theory]
    [InlineData(UpdatePhase.Evaluating, "Absent")]
    [InlineData(UpdatePhase.WaitingForLine, "Absent")]
    [InlineData(UpdatePhase.Offering, "Attempt")]
    [InlineData(UpdatePhase.Transferring, "Attempt")]
    public void From_Silence_MeansAbsentOnlyWhereItIsLookedFor(UpdatePhase phase, string kind) =>
        FailureMap.From(new McuException(McuFailure.Silent, "x"), phase).Kind.ToString().Should().Be(kind);

    [Fact]
    public void From_UnforeseenError_IsInternal() =>
        FailureMap.From(new InvalidCastException("x"), UpdatePhase.Offering).Reason.Should().Be(FailureReason.Internal);
}
