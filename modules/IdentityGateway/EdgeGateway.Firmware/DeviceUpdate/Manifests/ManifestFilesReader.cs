using System.Text.Json;

namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>Reads the files of a manifest.</summary>
internal static class ManifestFilesReader
{
    private const int MaxFiles = 20;
    private const int MaxRelated = 4;
    private const long MaxSize = 2_147_483_648;

    public static Dictionary<string, ManifestFile> Read(FieldReader manifest, List<FieldError> errors)
    {
        var files = new Dictionary<string, ManifestFile>(StringComparer.Ordinal);
        if (manifest.Child("files") is not { } entries)
        {
            return files;
        }

        var ids = entries.Names.ToList();
        if (ids.Count is 0 or > MaxFiles)
        {
            errors.Add(new FieldError(entries.Path, $"{ids.Count} files", $"1 to {MaxFiles} files"));
        }

        foreach (var id in ids)
        {
            if (entries.Child(id) is { } fields && ReadFile(id, fields, errors, related: false) is { } file)
            {
                files[id] = file;
            }
        }

        return files;
    }

    private static ManifestFile? ReadFile(string id, FieldReader fields, List<FieldError> errors, bool related)
    {
        var before = errors.Count;

        // fileName is what the service sends, filename what its documents say
        var isDocumented = fields.Optional("fileName") is null && fields.Optional("filename") is not null;
        var name = fields.Text(isDocumented ? "filename" : "fileName", required: true);
        var size = fields.Integer("sizeInBytes", 1, MaxSize);
        var digest = default(Sha256Digest);
        if (fields.Child("hashes") is { } hashes && hashes.Text("sha256", required: true) is { } text
            && !Sha256Digest.TryParseBase64(text, out digest))
        {
            hashes.Add("sha256", "the base64 text of 32 bytes");
        }

        var relatedFiles = related ? [] : ReadRelated(fields, errors);
        var handler = fields.OptionalChild("downloadHandler")?.Text("id", required: true);
        return errors.Count > before
            ? null
            : new ManifestFile(id, name!, size!.Value, digest) { RelatedFiles = relatedFiles, DownloadHandler = handler };
    }

    /// <summary>An object by file id on the wire, a list in the documents.</summary>
    private static List<ManifestFile> ReadRelated(FieldReader file, List<FieldError> errors)
    {
        var related = new List<ManifestFile>();
        if (file.Optional("relatedFiles") is { ValueKind: JsonValueKind.Array })
        {
            foreach (var (element, path) in file.Array("relatedFiles", 0, MaxRelated))
            {
                if (FieldReader.Object(element, path, errors) is { } fields
                    && ReadFile(path, fields, errors, related: true) is { } found)
                {
                    related.Add(found);
                }
            }
        }
        else if (file.OptionalChild("relatedFiles") is { } map)
        {
            foreach (var id in map.Names)
            {
                if (map.Child(id) is { } fields && ReadFile(id, fields, errors, related: true) is { } found)
                {
                    related.Add(found);
                }
            }
        }

        return related;
    }
}
