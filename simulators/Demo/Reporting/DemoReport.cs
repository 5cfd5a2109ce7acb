namespace EdgeGateway.Simulators.Demo.Reporting;

/// <summary>What a run has shown; docs/demo.md explains each value.</summary>
/// <param name="ImageBytes">Size of the image.</param>
/// <param name="OriginBytes">Bytes the origin served.</param>
/// <param name="ElapsedSeconds">From the deployment to its end.</param>
/// <param name="Gateway">What it cost the gateway.</param>
/// <param name="Links">A line for each link between layers; null where there are none.</param>
/// <param name="Mcus">A line for each microcontroller.</param>
public sealed record DemoReport(
    long ImageBytes,
    long OriginBytes,
    double ElapsedSeconds,
    GatewayReport Gateway,
    IReadOnlyList<LinkReport>? Links,
    IReadOnlyList<McuReport> Mcus);
