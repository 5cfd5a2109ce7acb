namespace EdgeGateway.Containers.Site;

/// <summary>How a site differs from the usual one of one microcontroller.</summary>
internal sealed record SiteOptions
{
    public int Mcus { get; init; } = 1;

    /// <summary>Speed of the lines.</summary>
    public int Baud { get; init; } = 115_200;

    /// <summary>Bytes of the gateway's volume; null for all the space there is.</summary>
    public int? GatewayDataSize { get; init; }

    /// <summary>False: the test gives the microcontrollers power.</summary>
    public bool StartMcus { get; init; } = true;
}
