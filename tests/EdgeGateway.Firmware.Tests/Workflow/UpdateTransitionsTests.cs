using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class UpdateTransitionsTests
{
    [Fact]
    public void Next_OfEveryPhaseAndEvent_IsWhatTheDocumentSays()
    {
        var documented = Document.Rows("workflow.md", "| phase | event | next phase |").Select(r => (r[0], r[1], r[2])).ToList();
        var coded = from phase in Enum.GetValues<UpdatePhase>()
                    from happened in Enum.GetValues<UpdateEvent>()
                    let next = UpdateTransitions.Next(phase, happened)
                    where next is not null
                    select (phase.ToString(), happened.ToString(), next.Value.ToString());

        documented.Should().OnlyHaveUniqueItems();
        documented.Should().BeEquivalentTo(coded);
    }

    [Fact]
    public void IsCommitted_OfPhases_ForbidsCancel()
    {
        foreach (var phase in Enum.GetValues<UpdatePhase>().Where(p => !UpdateTransitions.IsFinal(p)))
        {
            (UpdateTransitions.Next(phase, UpdateEvent.CancelOrdered) is null).Should().Be(UpdateTransitions.IsCommitted(phase), phase.ToString());
        }
    }
}
