namespace EdgeGateway.Content;

/// <summary>One reader of content that is present or arriving; pins it until disposed.</summary>
public interface IContentReader : IDisposable
{
    /// <summary>Size of the whole content, bytes.</summary>
    long Size { get; }

    /// <summary>Opaque, strong mark of exactly these bytes (RFC 9110 section 8.8.3), without quotes; the SHA-256 where it is known.</summary>
    string Tag { get; }

    /// <summary>True once all bytes are present and their digest was checked.</summary>
    bool IsComplete { get; }

    /// <summary>Reads from <paramref name="offset"/>; waits until a byte is there.</summary>
    /// <returns>Bytes read, at least 1; 0 at the end. Bytes of content on its way are not checked yet: who receives them checks the digest.</returns>
    /// <exception cref="ContentException">The content will not come, or turned out wrong: what was read before may be wrong too.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, for those who have the system copy: gives the open file with the bytes instead of the bytes.</summary>
    /// <param name="offset">First byte wanted.</param>
    /// <param name="most">Bytes wanted at most; they count as read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null where there is no file: to be read then.</returns>
    /// <exception cref="ContentException">As of <see cref="ReadAsync"/>. To be asked again for each stretch, as this is where it is told.</exception>
    ValueTask<FileStretch?> FindAsync(long offset, long most, CancellationToken cancellationToken) => ValueTask.FromResult<FileStretch?>(null);
}
