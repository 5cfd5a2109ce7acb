using EdgeGateway.Content;

namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>What a manifest comes down to for a microcontroller: one image to bring.</summary>
/// <param name="UpdateId">The update; reported once the image runs.</param>
/// <param name="Content">The image.</param>
/// <param name="Version">What the image will be called once it runs.</param>
/// <param name="Compatibility">Which devices it is for.</param>
public sealed record UpdatePlan(
    UpdateId UpdateId, ContentReference Content, string Version, IReadOnlyList<IReadOnlyDictionary<string, string>> Compatibility);
