using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Firmware.Content;

/// <summary>One reader of content that is present or arriving; pins it until disposed.</summary>
public interface IContentReader : IDisposable
{
    /// <summary>Size of the whole content, bytes.</summary>
    long Size { get; }

    /// <summary>Opaque, strong mark of exactly these bytes (RFC 9110 section 8.8.3), without quotes; the SHA-256 where it is known.</summary>
    string Tag { get; }

    /// <summary>True once all bytes are present and their digest was checked.</summary>
    bool IsComplete { get; }

    /// <summary>
    /// The open file that holds exactly this content once <see cref="IsComplete"/>, for senders that have the system copy it; null where there
    /// is none. Whoever reads it by himself reads what is on disk now, unchecked. Valid until this reader is disposed; not to be closed.
    /// </summary>
    SafeFileHandle? File => null;

    /// <summary>Reads from <paramref name="offset"/>; waits until a byte is there.</summary>
    /// <returns>Bytes read, at least 1; 0 at the end. Bytes of content on its way are not checked yet: who receives them checks the digest.</returns>
    /// <exception cref="ContentException">The content will not come, or turned out wrong: what was read before may be wrong too.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);
}
