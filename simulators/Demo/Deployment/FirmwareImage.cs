using System.Security.Cryptography;

namespace EdgeGateway.Simulators.Demo.Deployment;

/// <summary>The image that is rolled out.</summary>
/// <param name="FileName">Its name at the origin.</param>
/// <param name="Content">Its bytes.</param>
public sealed record FirmwareImage(string FileName, byte[] Content)
{
    /// <summary>Size of the image that is made where no file is given: some seconds at 115200 baud.</summary>
    public const int DefaultSize = 64 * 1024;

    /// <summary>Size of the one that is made for layers: beside it, what TLS and HTTP need to say is about one percent.</summary>
    public const int LayersSize = 256 * 1024;

    /// <value>SHA-256 of the bytes.</value>
    public byte[] Digest { get; } = SHA256.HashData(Content);

    public int Size => Content.Length;

    /// <summary>Makes an image that no run has used before, the same for the same seed. Like real images, it hardly compresses.</summary>
    /// <param name="seed">What its bytes follow from, together with</param>
    /// <param name="version">its version.</param>
    /// <param name="size">How many bytes.</param>
    public static FirmwareImage Generate(int seed, Version version, int size = DefaultSize)
    {
        var content = new byte[size];
        new Random(unchecked((seed * 31) + version.Build)).NextBytes(content);
        return new FirmwareImage($"mcu-{version}.bin", content);
    }

    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static async Task<FirmwareImage> LoadAsync(FileInfo file, CancellationToken cancellation)
    {
        var content = await File.ReadAllBytesAsync(file.FullName, cancellation);
        return content.Length > 0
            ? new FirmwareImage(file.Name, content)
            : throw new InvalidDataException($"{file.FullName} is empty; an image has at least one byte");
    }
}
