namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

/// <summary>Result codes of the agent contract (1.8): above zero is success.</summary>
public static class ResultCodes
{
    public const int Failure = 0;
    public const int Cancelled = -1;
    public const int InProgress = 1;
    public const int Applied = 700;
}
