using System.Text.Json;

namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>Reads the steps of a manifest.</summary>
internal static class ManifestStepsReader
{
    private const int MaxSteps = 10;
    private const int MaxFiles = 10;

    public static List<ManifestStep> Read(FieldReader manifest, Dictionary<string, ManifestFile> files, List<FieldError> errors)
    {
        var steps = new List<ManifestStep>();
        if (manifest.Child("instructions") is not { } instructions)
        {
            return steps;
        }

        foreach (var (element, path) in instructions.Array("steps", 1, MaxSteps))
        {
            if (FieldReader.Object(element, path, errors) is { } fields)
            {
                steps.Add(ReadStep(fields, files, errors));
            }
        }

        return steps;
    }

    private static ManifestStep ReadStep(FieldReader step, Dictionary<string, ManifestFile> files, List<FieldError> errors)
    {
        var type = step.Text("type", required: false);
        switch (type)
        {
            case "reference":
                return new ManifestStep { ReferencedManifestFileId = FileId(step, "detachedManifestFileId", files) };

            case null or "inline":
                return new ManifestStep
                {
                    Handler = step.Text("handler", required: true),
                    Files = ReadFileIds(step, files, errors),
                    InstalledCriteria = Criteria(step),
                };

            default:
                step.Add("type", "\"inline\" or \"reference\"");
                return new ManifestStep();
        }
    }

    private static string? FileId(FieldReader step, string field, Dictionary<string, ManifestFile> files)
    {
        var id = step.Text(field, required: true);
        if (id is not null && !files.ContainsKey(id))
        {
            step.Add(field, "the id of a file of this manifest");
        }

        return id;
    }

    private static List<string> ReadFileIds(FieldReader step, Dictionary<string, ManifestFile> files, List<FieldError> errors)
    {
        var ids = new List<string>();
        if (step.Optional("files") is null)
        {
            return ids;
        }

        foreach (var (element, path) in step.Array("files", 0, MaxFiles))
        {
            if (element.ValueKind == JsonValueKind.String && element.GetString() is { } id && files.ContainsKey(id))
            {
                ids.Add(id);
            }
            else
            {
                errors.Add(new FieldError(path, FieldReader.Show(element), "the id of a file of this manifest that is in order"));
            }
        }

        return ids;
    }

    /// <summary>The criteria are a convention of some handlers, so other forms of them are no error.</summary>
    private static string? Criteria(FieldReader step) =>
        step.OptionalChild("handlerProperties")?.Optional("installedCriteria") is { ValueKind: JsonValueKind.String } value
            ? value.GetString()
            : null;
}
