using System.Text.Json.Nodes;
using EdgeGateway.Content;
using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Module.Methods;

namespace EdgeGateway.Module.Prefetch;

/// <summary>
/// Reads what is to be fetched ahead, of a direct method or of the module twin: files one by one, or the desired component <c>deviceUpdate</c>
/// of any device that the deployment is for. docs/direct-methods.md has the schema.
/// </summary>
internal static class PrefetchReader
{
    public const int MaxFiles = 20;
    public const int DefaultDays = 30;
    public const int MaxDays = 365;

    private const int MaxUrl = 4096;
    private const string Update = "deviceUpdate";

    /// <summary>Reads; mistakes are noted in the arguments.</summary>
    public static PrefetchOrder Read(MethodArguments arguments)
    {
        var update = arguments.Object(Update);
        List<ContentReference> contents = update is null
            ? [.. arguments.Sections("files", MaxFiles).Select(ReadFile).OfType<ContentReference>()]
            : ReadUpdate(arguments, update);
        if (update is not null && arguments.Has("files"))
        {
            arguments.Add("files", $"is there beside {Update}; one of them is expected");
        }

        var days = arguments.Integer("days", 1, MaxDays) ?? DefaultDays;
        return new PrefetchOrder([.. contents.DistinctBy(c => c.Digest)], days);
    }

    private static ContentReference? ReadFile(MethodArguments file)
    {
        var (hash, size, url) = (file.Text("sha256", required: true), file.Integer("sizeInBytes", 1, int.MaxValue), file.Text("url", maxLength: MaxUrl));
        if (!file.Has("sizeInBytes"))
        {
            file.Add("sizeInBytes", "is missing; a number of bytes is expected");
        }

        var digest = default(Sha256Digest);
        if (hash is not null && !Sha256Digest.TryParseHex(hash, out digest) && !Sha256Digest.TryParseBase64(hash, out digest))
        {
            file.Add("sha256", "is no SHA-256; 64 hexadecimal digits or the base64 text of 32 bytes are expected");
        }

        // what the address holds is not shown: its query may be a secret
        Uri? origin = null;
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out origin) && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)))
        {
            file.Add("url", "is no address; an http or https address is expected");
        }

        return digest.IsUnknown || size is null ? null : new ContentReference(digest, size.Value, origin);
    }

    private static List<ContentReference> ReadUpdate(MethodArguments arguments, JsonObject component)
    {
        var twin = DeviceUpdateTwin.Read(new JsonObject { [Update] = component }, null, null);
        if (twin.Service is not { UpdateManifest: { } text } service)
        {
            arguments.Add(Update, $"has no update: {Words([.. twin.Errors, .. twin.Service?.Errors ?? []])}");
            return [];
        }

        var manifest = ManifestReader.Read(text);
        if (manifest.Value is not { } read || read.DetachedManifestFileId is not null)
        {
            arguments.Add(Update, manifest.Value is null
                ? $"has a manifest that cannot be read: {manifest.ErrorText}"
                : "has its manifest in a file of its own; the files of that manifest are expected in 'files'");
            return [];
        }

        var errors = new List<FieldError>();
        var contents = read.Files.Values
            .Select(f => new ContentReference(f.Digest, f.Size, UpdatePlanner.Origin(f.Id, service.FileUrls, errors)))
            .ToList();
        if (errors.Count > 0)
        {
            arguments.Add(Update, $"is incomplete: {Words(errors)}");
        }

        return contents;
    }

    private static string Words(List<FieldError> errors) =>
        errors.Count == 0 ? "service with workflow, updateManifest and fileUrls is expected" : string.Join("; ", errors);
}
