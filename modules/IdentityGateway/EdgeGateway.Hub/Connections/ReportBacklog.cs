namespace EdgeGateway.Hub.Connections;

/// <summary>What still waits for the hub.</summary>
/// <param name="Milestones">Reports that must each arrive.</param>
/// <param name="Bytes">Size of everything that waits, as JSON.</param>
/// <param name="OldestAt">When the oldest of it was reported; null where nothing waits.</param>
public readonly record struct ReportBacklog(int Milestones, long Bytes, DateTimeOffset? OldestAt);
