namespace EdgeGateway.Serial.Drivers;

/// <summary>A microcontroller refused, was silent, or answered nonsense; <see cref="Failure"/> says which.</summary>
public sealed class McuException(McuFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public McuFailure Failure { get; } = failure;
}
