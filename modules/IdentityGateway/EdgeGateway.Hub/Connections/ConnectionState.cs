namespace EdgeGateway.Hub.Connections;

/// <summary>Where a connection stands.</summary>
public enum ConnectionState
{
    /// <summary>Not started, or disposed.</summary>
    Stopped,

    /// <summary>Under way for the first time or again, or waiting to try again.</summary>
    Connecting,

    /// <summary>The hub accepted the identity.</summary>
    Connected,
}
