namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>Where a node's update session stands (wire-protocol.md 4.4).</summary>
public enum SessionState : byte
{
    None = 0,
    Offered = 1,
    Receiving = 2,

    /// <summary>Every byte is in flash.</summary>
    Complete = 3,
    Verified = 4,

    /// <summary>The node resets next.</summary>
    Activated = 5,
}
