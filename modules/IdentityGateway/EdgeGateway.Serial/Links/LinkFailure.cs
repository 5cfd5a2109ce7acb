namespace EdgeGateway.Serial.Links;

/// <summary>Why a line cannot be used. What the operator can do differs for each.</summary>
public enum LinkFailure
{
    /// <summary>There is no such port, or no server listens at the address.</summary>
    Missing,

    /// <summary>Another process holds the port.</summary>
    Busy,

    /// <summary>This process may not open the port (dialout group, device cgroup).</summary>
    NoPermission,

    /// <summary>The port went away while it was open.</summary>
    Unplugged,

    /// <summary>The port does not take the settings, such as its baud rate, or is no serial port.</summary>
    BadSettings,

    /// <summary>The link was used while it was closed.</summary>
    Closed,

    /// <summary>Any other input/output error.</summary>
    Io,
}

/// <summary>A line failed; <see cref="Failure"/> says how, the message names the port.</summary>
public sealed class LinkException(LinkFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public LinkFailure Failure { get; } = failure;
}
