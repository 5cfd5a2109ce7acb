namespace EdgeGateway.Simulators.Demo.SetUp;

/// <summary>What the set-up of a site of containers is asked for.</summary>
public sealed record SetUpOptions
{
    /// <summary>Data folder of the hub simulator, with its ready.json.</summary>
    public required DirectoryInfo HubData { get; init; }

    /// <summary>Where the hub's service API is reached.</summary>
    public required Uri Service { get; init; }

    /// <summary>Folder to write to.</summary>
    public required DirectoryInfo Output { get; init; }

    /// <summary>Where the gateway sees that folder.</summary>
    public required string SeenAt { get; init; }

    /// <summary>Where the first line listens; the next ones are at the next ports.</summary>
    public required Uri FirstLine { get; init; }

    /// <summary>Microcontrollers in the fleet.</summary>
    public int Mcus { get; init; }

    /// <summary>Microcontrollers on each line.</summary>
    public int McusPerBus { get; init; }

    /// <summary>Speed of the lines.</summary>
    public int Baud { get; init; }
}
