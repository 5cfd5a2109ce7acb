namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>Where a transfer stands.</summary>
public enum TransferOutcome
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>The node has received every byte.</summary>
    Complete,

    /// <summary>The node does not answer any more.</summary>
    Silent,

    /// <summary>The node refused; <see cref="TransferSender.Refusal"/> says why.</summary>
    Refused,

    /// <summary>The node's answers make no sense.</summary>
    Violated,
}
