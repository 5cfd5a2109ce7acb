using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>What a microcontroller's twin says: the reported components `gateway` and `deviceUpdate`. What it lacks is null.</summary>
public sealed record McuTwin
{
    /// <summary>Gets a twin without reports.</summary>
    public static readonly McuTwin Empty = new();

    /// <summary>Where the update stands, by the gateway's name for it.</summary>
    public string? Phase { get; init; }

    /// <summary>0 to 100.</summary>
    public double? Percent { get; init; }

    /// <summary>Payload bytes a second.</summary>
    public double? BytesPerSecond { get; init; }

    public double? RemainingSeconds { get; init; }

    public int? Attempts { get; init; }

    /// <summary>Stable name of the last error.</summary>
    public string? ErrorReason { get; init; }

    /// <summary>The last error in plain words.</summary>
    public string? ErrorText { get; init; }

    /// <summary>State of the line to it.</summary>
    public string? Link { get; init; }

    /// <summary>Why the link is as it is, in plain words.</summary>
    public string? LinkText { get; init; }

    /// <summary>Figures of the last transfer.</summary>
    public TransferFigures? Transfer { get; init; }

    /// <summary>The compatibility properties the agent announces.</summary>
    public DeviceClass? Class { get; init; }

    /// <summary>State of the Device Update agent: 0 idle, 6 in progress, 255 failed.</summary>
    public int? AgentState { get; init; }

    /// <summary>The deployment the agent state is about.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>What the agent says is installed.</summary>
    public UpdateId? Installed { get; init; }

    /// <summary>The agent's words about the last result.</summary>
    public string? ResultDetails { get; init; }
}
