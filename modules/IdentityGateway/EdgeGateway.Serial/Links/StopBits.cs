namespace EdgeGateway.Serial.Links;

/// <summary>Stop bits after each byte on a line.</summary>
public enum StopBits
{
    One = 1,
    Two = 2,
}
