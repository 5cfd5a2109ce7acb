using EdgeGateway.Content;

namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>
/// Makes a plan of a manifest: exactly one inline step with exactly one file, which is the image. The handler's name is not looked at.
/// </summary>
/// <remarks>A step that this gateway cannot carry out must not end as a success, so everything else is refused as unsupported.</remarks>
public static class UpdatePlanner
{
    /// <summary>The handler to name in import manifests; any other inline handler is accepted too.</summary>
    public const string Handler = "edgegateway/mcu:1";

    private const string Steps = "updateManifest.instructions.steps";
    private const int MaxVersion = 64;

    /// <summary>Makes the plan.</summary>
    /// <param name="manifest">The whole manifest, no mini manifest.</param>
    /// <param name="fileUrls">Where the files can be downloaded, by file id.</param>
    public static Reading<UpdatePlan> Plan(UpdateManifest manifest, IReadOnlyDictionary<string, string> fileUrls)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(fileUrls);
        if (manifest.DetachedManifestFileId is not null)
        {
            return Unsupported("updateManifest.detachedManifestFileId", "set inside a detached manifest", "no second detached manifest");
        }

        if (manifest.Steps.Any(s => s.ReferencedManifestFileId is not null))
        {
            return Unsupported(Steps, "a reference step", "inline steps: a microcontroller has no components that references could select");
        }

        if (manifest.Steps is not [{ Files: [var fileId] } step])
        {
            return Unsupported(
                Steps,
                $"{manifest.Steps.Count} steps with {manifest.Steps.Sum(s => s.Files.Count)} files",
                "one step with one file, the image of the microcontroller");
        }

        var errors = new List<FieldError>();
        var file = manifest.Files[fileId];
        var origin = Origin(fileId, fileUrls, errors);
        var version = step.InstalledCriteria is { Length: > 0 } criteria ? criteria : manifest.UpdateId.Version;
        if (System.Text.Encoding.UTF8.GetByteCount(version) > MaxVersion)
        {
            errors.Add(new FieldError($"{Steps}[0].handlerProperties.installedCriteria", version, $"at most {MaxVersion} bytes"));
        }

        return Reading<UpdatePlan>.Of(
            new UpdatePlan(manifest.UpdateId, new ContentReference(file.Digest, file.Size, origin), version, manifest.Compatibility),
            errors);
    }

    /// <summary>The address of a file, or null with an error noted.</summary>
    public static Uri? Origin(string fileId, IReadOnlyDictionary<string, string> fileUrls, ICollection<FieldError> errors)
    {
        ArgumentNullException.ThrowIfNull(fileUrls);
        ArgumentNullException.ThrowIfNull(errors);
        var text = fileUrls.GetValueOrDefault(fileId);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        {
            return uri;
        }

        // the query of an address may be a secret
        errors.Add(new FieldError(
            $"deviceUpdate.service.fileUrls.{fileId}", text is null ? "missing" : $"\"{text.Split('?')[0]}\"", "an http or https address"));
        return null;
    }

    private static Reading<UpdatePlan> Unsupported(string path, string value, string expected) =>
        Reading<UpdatePlan>.Unsupported(new FieldError(path, value, expected));
}

/// <summary>What a manifest comes down to for a microcontroller: one image to bring.</summary>
/// <param name="UpdateId">The update; reported once the image runs.</param>
/// <param name="Content">The image.</param>
/// <param name="Version">What the image will be called once it runs.</param>
/// <param name="Compatibility">Which devices it is for.</param>
public sealed record UpdatePlan(
    UpdateId UpdateId, ContentReference Content, string Version, IReadOnlyList<IReadOnlyDictionary<string, string>> Compatibility);
