namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Counts what one identity has done since the start of the simulator, for tests and the demo.</summary>
public sealed class IdentityStatistics
{
    private long _connects;
    private long _refusals;
    private long _telemetryMessages;
    private long _twinGets;
    private long _reportedPatches;
    private long _desiredPushes;
    private long _methodCalls;
    private long _messagesCompleted;

    /// <summary>Accepted MQTT connections.</summary>
    public long Connects => Interlocked.Read(ref _connects);

    /// <summary>MQTT connections refused for a wrong token or a disabled identity.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    public long TelemetryMessages => Interlocked.Read(ref _telemetryMessages);

    public long TwinGets => Interlocked.Read(ref _twinGets);

    /// <summary>Reported patches received, refused ones too.</summary>
    public long ReportedPatches => Interlocked.Read(ref _reportedPatches);

    public long DesiredPushes => Interlocked.Read(ref _desiredPushes);

    public long MethodCalls => Interlocked.Read(ref _methodCalls);

    /// <summary>Cloud-to-device messages the device has acknowledged.</summary>
    public long MessagesCompleted => Interlocked.Read(ref _messagesCompleted);

    internal void CountConnect() => Interlocked.Increment(ref _connects);

    internal void CountRefusal() => Interlocked.Increment(ref _refusals);

    internal void CountTelemetry() => Interlocked.Increment(ref _telemetryMessages);

    internal void CountTwinGet() => Interlocked.Increment(ref _twinGets);

    internal void CountReportedPatch() => Interlocked.Increment(ref _reportedPatches);

    internal void CountDesiredPush() => Interlocked.Increment(ref _desiredPushes);

    internal void CountMethodCall() => Interlocked.Increment(ref _methodCalls);

    internal void CountMessageCompleted() => Interlocked.Increment(ref _messagesCompleted);
}
