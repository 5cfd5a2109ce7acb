using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;

namespace EdgeGateway.Firmware.Tests.Workflow;

public sealed class FailureReasonTests
{
    [Fact]
    public void Reasons_AndTheirCodes_AreThoseOfTheDocument()
    {
        var rows = Document.Rows("failure-reasons.md", "| reason | code | meaning | what to do |");

        rows.Select(r => (r[0], r[1])).Should().Equal(
            Enum.GetValues<FailureReason>().Where(r => r != FailureReason.None)
                .Select(r => (r.ToString(), ExtendedResultCode.OfGateway((int)r).ToString())));
        rows.Should().OnlyContain(r => r.Length == 4 && r[2].Length > 0 && r[3].Length > 0);
    }
}
