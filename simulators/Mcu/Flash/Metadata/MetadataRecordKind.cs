namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>What a record of the metadata log says.</summary>
internal enum MetadataRecordKind : byte
{
    /// <summary>The whole <see cref="NodeState"/>.</summary>
    State = 1,

    /// <summary>How far the partial image of the last state is committed.</summary>
    Progress = 2,
}
