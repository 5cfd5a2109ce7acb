using System.Text.Json;

namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>
/// Reads update manifests of versions 4 and 5, with the tolerances that real ones need (contract 2.1). Never throws; collects every
/// mistake.
/// </summary>
public static class ManifestReader
{
    private const string Root = "updateManifest";
    private const int MaxMaps = 10;
    private const int MaxProperties = 5;

    // a doubled name would let two readers of one signed text see two different manifests
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads a manifest, mini manifests included.</summary>
    public static Reading<UpdateManifest> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return Reading<UpdateManifest>.Failed(new FieldError(Root, $"unreadable ({e.Message})", "the JSON text of an update manifest"));
        }
    }

    /// <summary>Takes the manifest's text out of a detached manifest file, whose form is <c>{"updateManifest":"..."}</c>.</summary>
    public static Reading<string> Unwrap(ReadOnlyMemory<byte> file, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(file, Strict);
            var errors = new List<FieldError>();
            var text = FieldReader.Object(document.RootElement, path, errors)?.Text(Root, required: true);
            return Reading<string>.Of(text, errors);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return Reading<string>.Failed(new FieldError(path, $"unreadable ({e.Message})", "a JSON object with the text updateManifest"));
        }
    }

    /// <summary>Broken JSON, and texts or names that are no Unicode.</summary>
    private static bool IsUnreadable(Exception e) => e is JsonException or ArgumentException or InvalidOperationException;

    private static Reading<UpdateManifest> Read(JsonElement element)
    {
        var errors = new List<FieldError>();
        if (FieldReader.Object(element, Root, errors) is not { } manifest)
        {
            return Reading<UpdateManifest>.Of(null, errors);
        }

        var version = manifest.Text("manifestVersion", required: true);
        if (version is not (null or "4" or "5"))
        {
            return Reading<UpdateManifest>.Unsupported(new FieldError($"{Root}.manifestVersion", $"\"{version}\"", "\"4\" or \"5\""));
        }

        var detached = manifest.Text("detachedManifestFileId", required: false);
        var updateId = ReadUpdateId(manifest, errors);
        var files = ManifestFilesReader.Read(manifest, errors);
        var isMini = manifest.Optional("detachedManifestFileId") is not null;
        var compatibility = isMini ? [] : ReadCompatibility(manifest, errors);
        var steps = isMini ? [] : ManifestStepsReader.Read(manifest, files, errors);
        if (detached is not null && !files.ContainsKey(detached))
        {
            manifest.Add("detachedManifestFileId", "the id of a file of this manifest");
        }

        return Reading<UpdateManifest>.Of(
            errors.Count > 0 ? null : new UpdateManifest
            {
                Version = version![0] - '0',
                UpdateId = updateId!,
                Compatibility = compatibility,
                Steps = steps,
                Files = files,
                DetachedManifestFileId = detached,
            },
            errors);
    }

    private static UpdateId? ReadUpdateId(FieldReader manifest, List<FieldError> errors)
    {
        if (manifest.Child("updateId") is not { } id)
        {
            return null;
        }

        var before = errors.Count;
        var provider = Name(id, "provider");
        var name = Name(id, "name");
        var version = id.Text("version", required: true);
        if (version is not null && !IsVersion(version))
        {
            id.Add("version", "2 to 4 numbers with dots between");
        }

        return errors.Count == before ? new UpdateId(provider!, name!, version!) : null;
    }

    private static string? Name(FieldReader id, string field)
    {
        var text = id.Text(field, required: true);
        if (text is not null && (text.Length > 64 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')))
        {
            id.Add(field, "1 to 64 letters, digits, dots or dashes");
        }

        return text;
    }

    private static bool IsVersion(string text)
    {
        var parts = text.Split('.');
        return parts.Length is >= 2 and <= 4 && parts.All(p => p.Length is > 0 and <= 10 && p.All(char.IsAsciiDigit));
    }

    private static List<IReadOnlyDictionary<string, string>> ReadCompatibility(FieldReader manifest, List<FieldError> errors)
    {
        var maps = new List<IReadOnlyDictionary<string, string>>();
        foreach (var (element, path) in manifest.Array("compatibility", 1, MaxMaps))
        {
            if (FieldReader.Object(element, path, errors) is not { } fields)
            {
                continue;
            }

            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in fields.Names)
            {
                if (fields.Text(name, required: true) is { } value)
                {
                    map[name] = value;
                }
            }

            if (map.Count is 0 or > MaxProperties)
            {
                errors.Add(new FieldError(path, FieldReader.Show(element), $"1 to {MaxProperties} names with values"));
            }

            maps.Add(map);
        }

        return maps;
    }
}

/// <summary>What was read, or everything that was wrong with it.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public sealed record Reading<T>
    where T : class
{
    /// <summary>What was read; null if there is any error.</summary>
    public T? Value { get; init; }

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>True where the input is well formed but asks for something that this gateway does not do.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>All errors in one line for people.</summary>
    public string ErrorText => string.Join("; ", Errors);

    internal static Reading<T> Of(T? value, IReadOnlyList<FieldError> errors) =>
        new() { Value = errors.Count == 0 ? value : null, Errors = errors };

    internal static Reading<T> Unsupported(FieldError error) => new() { Errors = [error], IsUnsupported = true };

    internal static Reading<T> Failed(FieldError error) => new() { Errors = [error] };
}
