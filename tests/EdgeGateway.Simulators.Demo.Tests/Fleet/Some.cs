using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Tests.Fleet;

/// <summary>A deployment and microcontrollers in typical states.</summary>
internal static class Some
{
    public static readonly FirmwareImage Image = new("mcu.bin", "hello"u8.ToArray());

    public static readonly ProcessUsage Usage = new(TimeSpan.FromSeconds(0.5), 90_000_000);

    public static readonly DeploymentOrder Order = new(
        "w-1", new UpdateId("Contoso", "Mcu", "2.0.0"), new DeviceClass("Contoso", "MCU-A"), Image,
        new Uri("http://o/mcu.bin"), DateTimeOffset.UnixEpoch);

    public static readonly McuTruth OldTruth = new("1.0.0", new string('0', 64), "confirmed");

    public static readonly McuTruth NewTruth = new("2.0.0", Convert.ToHexStringLower(Image.Digest), "confirmed");

    public static readonly McuTwin DoneTwin = new()
    {
        Phase = "Succeeded",
        AgentState = 0,
        WorkflowId = "w-1",
        Installed = Order.Update,
        Transfer = new TransferFigures(65536, 5.8, 1024, 0),
    };

    public static McuStatus Transferring(string id, double percent) =>
        new(id, "1.0.0", new McuTwin { Phase = "Transferring", Percent = percent, BytesPerSecond = 11234, RemainingSeconds = 3.2 },
            OldTruth, new Outcome(OutcomeState.Pending, ["it is not done"]));

    public static McuStatus Done(string id) => new(id, "1.0.0", DoneTwin, NewTruth, new Outcome(OutcomeState.Succeeded, []));

    public static McuStatus Failed(string id) =>
        new(id, "1.0.0", new McuTwin { Phase = "Failed", ErrorReason = "McuSilent", ErrorText = "no answer" }, OldTruth,
            new Outcome(OutcomeState.Failed, ["it runs version 1.0.0"]));

    public static FleetSnapshot Fleet(params McuStatus[] mcus) => new(mcus, TimeSpan.FromSeconds(6.25));
}
