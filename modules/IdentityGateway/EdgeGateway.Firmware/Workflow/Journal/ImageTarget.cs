using EdgeGateway.Firmware.DeviceUpdate;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>The image an update brings: all that is needed to recognise it once it runs.</summary>
public sealed record ImageTarget(UpdateId UpdateId, Sha256Digest Digest, long Size, string Version);
