using System.Globalization;
using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Failures;

namespace EdgeGateway.Firmware.Workflow.Steps;

/// <summary>
/// Makes a plan of an order. A manifest too long for a twin is fetched through the store: its digest stands in the (signed) mini
/// manifest.
/// </summary>
internal sealed class ManifestLoader(IContentStore store)
{
    private const long MaxManifestSize = 1024 * 1024;

    /// <returns>The plan, or why there is none.</returns>
    /// <exception cref="ContentException">The detached manifest cannot be made present.</exception>
    public async Task<(UpdatePlan? Plan, Failure? Failure)> LoadAsync(DesiredService service, CancellationToken cancellationToken)
    {
        var reading = ManifestReader.Read(service.UpdateManifest ?? "");
        if (reading.Value is { DetachedManifestFileId: { } fileId } mini)
        {
            var text = await FetchAsync(mini, fileId, service.FileUrls, cancellationToken);
            if (text.Value is null)
            {
                return (null, Refuse(text));
            }

            reading = ManifestReader.Read(text.Value);
            if (reading.Value is { } whole && whole.UpdateId != mini.UpdateId)
            {
                return (null, Refuse(Reading<UpdateManifest>.Failed(new FieldError(
                    "updateManifest.updateId", $"{whole.UpdateId} in the detached manifest", $"{mini.UpdateId} as in the twin"))));
            }
        }

        if (reading.Value is not { } manifest)
        {
            return (null, Refuse(reading));
        }

        var plan = UpdatePlanner.Plan(manifest, service.FileUrls);
        return plan.Value is null ? (null, Refuse(plan)) : (plan.Value, null);
    }

    private async Task<Reading<string>> FetchAsync(
        UpdateManifest mini, string fileId, IReadOnlyDictionary<string, string> fileUrls, CancellationToken cancellationToken)
    {
        var file = mini.Files[fileId];
        var path = $"updateManifest.files.{fileId}";
        if (file.Size > MaxManifestSize)
        {
            return Reading<string>.Failed(new FieldError(
                $"{path}.sizeInBytes", file.Size.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"at most {MaxManifestSize} for a detached manifest")));
        }

        var errors = new List<FieldError>();
        if (UpdatePlanner.Origin(fileId, fileUrls, errors) is not { } origin)
        {
            return Reading<string>.Of(null, errors);
        }

        using var lease = await store.AcquireAsync(new ContentReference(file.Digest, file.Size, origin), null, cancellationToken);
        var bytes = new byte[lease.Size];
        lease.Read(0, bytes);
        return ManifestReader.Unwrap(bytes, path);
    }

    private static Failure Refuse<T>(Reading<T> reading)
        where T : class =>
        new(
            reading.IsUnsupported ? FailureReason.ManifestUnsupported : FailureReason.ManifestInvalid,
            reading.ErrorText,
            FailureKind.Permanent);
}
