
namespace EdgeGateway.Content.Cache;

/// <summary>Leases content to one user.</summary>
/// <remarks>Thread-safe. Caches the two blocks that were used last, because a line sends part of a block at a time and repeats some of it.</remarks>
internal sealed class ContentLease(VerifiedFile file, Action<VerifiedFile> tampered, Action<VerifiedFile> release) : IContentLease
{
    private readonly Lock _lock = new();
    private (int Index, byte[] Bytes) _recent = (-1, []);
    private (int Index, byte[] Bytes) _older = (-1, []);
    private bool _disposed;

    public long Size => file.Size;

    public Sha256Digest Digest => file.Digest;

    /// <inheritdoc/>
    /// <exception cref="ContentException"><see cref="ContentFailure.WrongDigest"/>: the bytes on disk have changed; none of them is returned.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffer.Length, Size - offset, nameof(buffer));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (buffer.Length > 0)
            {
                var within = (int)(offset % file.BlockSize);
                var count = Math.Min(buffer.Length, file.BlockSize - within);
                Block((int)(offset / file.BlockSize)).AsSpan(within, count).CopyTo(buffer);
                buffer = buffer[count..];
                offset += count;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        release(file);
    }

    private byte[] Block(int index)
    {
        if (_recent.Index == index)
        {
            return _recent.Bytes;
        }

        (_recent, _older) = (_older, _recent);
        if (_recent.Index == index)
        {
            return _recent.Bytes;
        }

        var bytes = _recent.Bytes.Length > 0 ? _recent.Bytes : new byte[(int)Math.Min(file.BlockSize, Size)];
        _recent = (-1, bytes);
        if (ReadChecked(index, bytes) < 0)
        {
            tampered(file);
            throw new ContentException(
                ContentFailure.WrongDigest,
                $"Content {Digest} was changed on disk: the bytes from {(long)index * file.BlockSize} on are no longer those that were verified.");
        }

        _recent = (index, bytes);
        return bytes;
    }

    private int ReadChecked(int index, byte[] bytes)
    {
        try
        {
            return file.ReadBlock(index, bytes);
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content {Digest} cannot be read from disk: {e.Message}", e);
        }
    }
}
