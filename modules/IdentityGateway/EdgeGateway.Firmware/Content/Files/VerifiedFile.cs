using System.Security.Cryptography;
using EdgeGateway.Serial;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Firmware.Content.Files;

/// <summary>
/// Complete content that was hashed as a whole when it was opened, and of which each block is hashed again whenever it is read: the disk is not
/// trusted in between. The digests of the blocks are held in memory, 0.2 % of the content.
/// </summary>
/// <remarks>Reading is thread-safe.</remarks>
internal sealed class VerifiedFile : IDisposable
{
    /// <summary>Bytes that are checked together.</summary>
    public const int BlockSize = 16 * 1024;

    private readonly SafeFileHandle _file;
    private readonly byte[] _blockDigests;

    private VerifiedFile(SafeFileHandle file, Sha256Digest digest, long size, byte[] blockDigests)
    {
        (_file, Digest, Size, _blockDigests) = (file, digest, size, blockDigests);
    }

    public Sha256Digest Digest { get; }

    public long Size { get; }

    /// <summary>Opens and hashes a file.</summary>
    /// <returns>Null if it is not the content of <paramref name="digest"/>.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static VerifiedFile? Open(string path, Sha256Digest digest, CancellationToken cancellationToken)
    {
        var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        VerifiedFile? verified = null;
        try
        {
            var size = RandomAccess.GetLength(file);
            var blocks = new byte[(size + BlockSize - 1) / BlockSize * Sha256Digest.Length];
            if (Hash(file, size, blocks, cancellationToken) == digest)
            {
                verified = new VerifiedFile(file, digest, size, blocks);
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

    /// <summary>Reads one block and checks it.</summary>
    /// <param name="index">Which; the first is 0.</param>
    /// <param name="block">At least <see cref="BlockSize"/> bytes; cleared if the block is bad.</param>
    /// <returns>Its length, or -1 if it is no longer the content's.</returns>
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

    /// <summary>Notes the time of the last use on the file itself, where it survives a restart.</summary>
    public void Touch(DateTime now) => File.SetLastWriteTimeUtc(_file, now);

    public void Dispose() => _file.Dispose();

    private static Sha256Digest? Hash(SafeFileHandle file, long size, Span<byte> blockDigests, CancellationToken cancellationToken)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockSize];
        for (var offset = 0L; offset < size; offset += BlockSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = block.AsSpan(0, (int)Math.Min(BlockSize, size - offset));
            if (!Fill(file, offset, part))
            {
                return null;
            }

            whole.AppendData(part);
            SHA256.HashData(part, blockDigests.Slice((int)(offset / BlockSize) * Sha256Digest.Length, Sha256Digest.Length));
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
