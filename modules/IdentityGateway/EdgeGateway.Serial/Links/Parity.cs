namespace EdgeGateway.Serial.Links;

/// <summary>The parity bit of each byte on a line.</summary>
public enum Parity
{
    /// <summary>No parity bit.</summary>
    None,

    /// <summary>An even number of ones, the parity bit counted.</summary>
    Even,

    /// <summary>An odd number of ones, the parity bit counted.</summary>
    Odd,
}
