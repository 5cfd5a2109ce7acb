using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content;

/// <summary>Reads content that is present or arriving, and keeps it from eviction until disposed.</summary>
public interface IContentReader : IDisposable
{
    /// <summary>Gets the size of the whole content in bytes.</summary>
    long Size { get; }

    /// <summary>Gets a strong entity tag of exactly these bytes (RFC 9110 section 8.8.3), without quotes; the SHA-256 where it is known.</summary>
    string Tag { get; }

    /// <summary>Gets whether all bytes are present and their digest was verified.</summary>
    bool IsComplete { get; }

    /// <summary>Reads from <paramref name="offset"/>. Waits until at least one byte is available.</summary>
    /// <returns>The number of bytes read; 0 at the end. Bytes of an unfinished download are not verified: the receiver verifies the digest.</returns>
    /// <exception cref="ContentException">The rest cannot be provided, or the content is wrong, possibly with the bytes that were read before.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Finds bytes in an open file, for callers that let the operating system copy them; else like <see cref="ReadAsync"/>.</summary>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="most">Maximum number of bytes; all found bytes count as read.</param>
    /// <returns>The range; null where there is no file and the caller must read.</returns>
    /// <exception cref="ContentException">As for <see cref="ReadAsync"/>. Call again for each range, because failures are reported here.</exception>
    ValueTask<FileRange?> FindAsync(long offset, long most, CancellationToken cancellationToken) => ValueTask.FromResult<FileRange?>(null);
}

/// <summary>Bytes of content in an open file, at the same offset as in the content.</summary>
/// <param name="File">The file. The caller must not close it. The owner may close it once the content is complete; then find the range again.</param>
/// <param name="Length">Number of available bytes, at least 1.</param>
public readonly record struct FileRange(SafeFileHandle File, long Length);
