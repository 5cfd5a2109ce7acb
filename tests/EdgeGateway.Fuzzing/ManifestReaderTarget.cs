using System.Text;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;

namespace EdgeGateway.Fuzzing;

/// <summary>Update manifests: never an exception, either a value or errors, every step names files of the manifest, and two reads agree.</summary>
internal sealed class ManifestReaderTarget : FuzzTarget
{
    private const string Full = """
        {"manifestVersion":"5","updateId":{"provider":"Contoso","name":"Mcu","version":"2.0"},
        "compatibility":[{"manufacturer":"Contoso","model":"MCU-A"}],
        "instructions":{"steps":[{"handler":"edgegateway/mcu:1","type":"inline","files":["f1"],"handlerProperties":{"installedCriteria":"2.0"}}]},
        "files":{"f1":{"fileName":"mcu.bin","sizeInBytes":10,"hashes":{"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
        "relatedFiles":[{"fileName":"a.diff","sizeInBytes":1,"hashes":{"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}],
        "downloadHandler":{"id":"microsoft/delta:1"}}},"createdDateTime":"2026-01-26T11:33:29.9680598Z"}
        """;

    private const string Mini = """
        {"manifestVersion":"4","updateId":{"provider":"Contoso","name":"Mcu","version":"2.0.1"},"detachedManifestFileId":"f1",
        "files":{"f1":{"filename":"m.json","sizeInBytes":1000,"hashes":{"sha256":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}}}
        """;

    public override string Name => "manifest";

    public override IReadOnlyList<byte[]> Seeds { get; } = [Encoding.UTF8.GetBytes(Full), Encoding.UTF8.GetBytes(Mini), "{\"updateManifest\":\"{}\"}"u8.ToArray()];

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. new[] { "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e999", "\\ud800", "\\u0000", "\"f1\"", "\"files\"", "\"4\"", "\"6\"", "[[[[", "" + '\ufeff' }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80],
    ];

    public override bool Run(byte[] input)
    {
        var wrapped = ManifestReader.Unwrap(input, "file");
        RequireOneOutcome(wrapped);

        var text = wrapped.Value ?? Encoding.UTF8.GetString(input);
        var read = ManifestReader.Read(text);
        RequireOneOutcome(read);
        var again = ManifestReader.Read(text);
        Require(read.ErrorText == again.ErrorText && read.Value?.UpdateId == again.Value?.UpdateId, "Two reads of one text differ.");
        if (read.Value is not { } manifest)
        {
            return false;
        }

        Require(manifest.Version is 4 or 5, $"Version {manifest.Version} was accepted.");
        Require(manifest.Steps.SelectMany(step => step.Files).All(manifest.Files.ContainsKey), "A step names a file that is not there.");
        Require(manifest.Files.Values.All(file => file.Size >= 0), "A file has a negative size.");
        return true;
    }

    private static void RequireOneOutcome<T>(Reading<T> reading)
        where T : class =>
        Require(reading.Value is null == (reading.Errors.Count > 0), $"A reading has both a value and errors, or none: {reading.ErrorText}");
}
