using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Cache;

/// <summary>
/// Complete content that was hashed as a whole when it was opened. Blocks are hashed again each time they are read; fast reads trust the file while
/// its length and time do not change.
/// </summary>
/// <remarks>Thread-safe. Keeps the digests of the blocks in memory, 128 KiB at most: larger content has larger blocks.</remarks>
internal sealed class VerifiedFile : IDisposable
{
    /// <summary>Smallest block in bytes.</summary>
    public const int SmallestBlock = 16 * 1024;

    private const int MostBlocks = 4096;

    private static readonly TimeSpan TouchEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _stampLock = new();
    private readonly SafeFileHandle _file;
    private readonly byte[] _blockDigests;
    private (long Length, DateTime Written) _stamp;
    private DateTime _touched = DateTime.MinValue;

    private VerifiedFile(SafeFileHandle file, Sha256Digest digest, int blockSize, byte[] blockDigests, (long Length, DateTime Written) stamp)
    {
        (_file, Digest, Size, BlockSize, _blockDigests, _stamp) = (file, digest, stamp.Length, blockSize, blockDigests, stamp);
    }

    public Sha256Digest Digest { get; }

    public long Size { get; }

    /// <summary>Gets the number of bytes that are verified together.</summary>
    public int BlockSize { get; }

    /// <summary>Gets the file for callers that let the operating system read it; see <see cref="IsUnchanged"/>.</summary>
    public SafeFileHandle Handle => _file;

    /// <summary>Opens and hashes a file.</summary>
    /// <returns>The file; null if its content does not have <paramref name="digest"/>.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static VerifiedFile? Open(string path, Sha256Digest digest, CancellationToken cancellationToken)
    {
        var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        VerifiedFile? verified = null;
        try
        {
            Mark(file);
            var stamp = StampOf(file);
            var blockSize = BlockSizeOf(stamp.Length);
            var blocks = new byte[(stamp.Length + blockSize - 1) / blockSize * Sha256Digest.Length];
            if (Hash(file, stamp.Length, blockSize, blocks, cancellationToken) == digest)
            {
                verified = new VerifiedFile(file, digest, blockSize, blocks, stamp);
            }

            return verified;
        }
        finally
        {
            if (verified is null)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Reads and verifies one block.</summary>
    /// <param name="index">Index of the block, from 0.</param>
    /// <param name="block">At least <see cref="BlockSize"/> bytes; cleared if the block is invalid.</param>
    /// <returns>The length of the block, or -1 if it has changed.</returns>
    public int ReadBlock(int index, Span<byte> block)
    {
        var offset = (long)index * BlockSize;
        var length = (int)Math.Min(BlockSize, Size - offset);
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        if (Fill(_file, offset, block[..length]) && SHA256.HashData(block[..length], digest) == digest.Length
            && digest.SequenceEqual(_blockDigests.AsSpan(index * Sha256Digest.Length, Sha256Digest.Length)))
        {
            return length;
        }

        block.Clear();
        return -1;
    }

    /// <summary>Reads without verification, see <see cref="IsUnchanged"/>.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(_file, buffer, offset);

    /// <summary>Tells whether length and time of the file are the same as when it was hashed.</summary>
    public bool IsUnchanged()
    {
        lock (_stampLock)
        {
            return StampOf(_file) == _stamp;
        }
    }

    /// <summary>Records the time of the last use on the file itself, where it survives a restart; at most every 10 s.</summary>
    public void Touch(DateTime now)
    {
        lock (_stampLock)
        {
            if ((now - _touched).Duration() < TouchEvery || StampOf(_file) != _stamp)
            {
                return;
            }

            File.SetLastWriteTimeUtc(_file, Marked(now));
            (_stamp, _touched) = (StampOf(_file), now);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Gives the file a time that no clock produces. The clock of a file system advances in steps of milliseconds, so a change right after the
    /// last write would not be visible otherwise.
    /// </summary>
    private static void Mark(SafeFileHandle file)
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (written != Marked(written))
            {
                File.SetLastWriteTimeUtc(file, Marked(written));
            }
        }
        catch (UnauthorizedAccessException)
        {
            // the file belongs to another user; its own time must do
        }
    }

    private static DateTime Marked(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond) + 1, DateTimeKind.Utc);

    private static int BlockSizeOf(long size)
    {
        var block = SmallestBlock;
        while (size / block > MostBlocks && block < 1 << 30)
        {
            block *= 2;
        }

        return block;
    }

    private static (long Length, DateTime Written) StampOf(SafeFileHandle file) => (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    private static Sha256Digest? Hash(SafeFileHandle file, long size, int blockSize, Span<byte> blockDigests, CancellationToken cancellationToken)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[SmallestBlock];
        for (var offset = 0L; offset < size; offset += SmallestBlock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(0, (int)Math.Min(SmallestBlock, size - offset));
            if (!Fill(file, offset, part))
            {
                return null;
            }

            whole.AppendData(part);
            block.AppendData(part);
            var end = offset + part.Length;
            if (end % blockSize == 0 || end == size)
            {
                block.GetHashAndReset(blockDigests.Slice((int)(offset / blockSize) * Sha256Digest.Length, Sha256Digest.Length));
            }
        }

        return new Sha256Digest(whole.GetHashAndReset());
    }

    private static bool Fill(SafeFileHandle file, long offset, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var got = RandomAccess.Read(file, buffer, offset);
            if (got == 0)
            {
                return false;
            }

            buffer = buffer[got..];
            offset += got;
        }

        return true;
    }
}
