using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Cache;

/// <summary>
/// A partial download: appended to, hashed as it grows, and resumed by a later run from the last length whose digest is valid, so that a kill, a
/// power cut or a corrupted byte costs only what comes after it.
/// </summary>
/// <remarks>Not thread-safe; one download owns it. Throws disk errors unchanged.</remarks>
internal sealed class PartialFile : IDisposable
{
    /// <summary>Interval, in bytes, at which the digest of the prefix is recorded: what a kill can cost.</summary>
    public const int MarkEvery = 64 * 1024;

    private readonly CacheLayout _folder;
    private readonly IContentDisk _disk;
    private readonly Sha256Digest _name;
    private readonly SafeFileHandle _data;
    private readonly SafeFileHandle _notes;
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _notesEnd;
    private long _marked;

    private PartialFile(CacheLayout folder, IContentDisk disk, Sha256Digest name, long? size)
    {
        (_folder, _disk, _name, Size) = (folder, disk, name, size ?? 0);
        _data = OpenHandle(folder.PartialOf(name));
        _notes = OpenHandle(folder.RecordOf(name));
    }

    /// <summary>Gets the size of the whole content in bytes; 0 while it is not known.</summary>
    public long Size { get; private set; }

    /// <summary>Gets the number of bytes that are present and hashed.</summary>
    public long Length { get; private set; }

    /// <summary>Gets the validator of the source.</summary>
    public string? Validator { get; private set; }

    /// <summary>Gets whether the bytes come from more than one response, or from an earlier run.</summary>
    public bool Stitched { get; private set; }

    /// <summary>Gets the digest of the bytes present.</summary>
    public Sha256Digest Current => new(_hash.GetCurrentHash());

    /// <summary>Opens a partial file with its valid bytes, or a new one.</summary>
    /// <param name="name">Digest of the content, or key of its address.</param>
    /// <param name="size">Size of the whole content in bytes; null where only its source knows.</param>
    public static PartialFile Open(CacheLayout folder, IContentDisk disk, Sha256Digest name, long? size)
    {
        var file = new PartialFile(folder, disk, name, size);
        try
        {
            file.TakeUp(size);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the same bytes for reading, also after <see cref="Publish"/>. The caller disposes the handle.</summary>
    public SafeFileHandle OpenForReading() =>
        File.OpenHandle(_folder.PartialOf(_name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Discards all bytes; the next ones belong to another version.</summary>
    public void Restart(string? validator, long size)
    {
        RandomAccess.SetLength(_notes, 0); // the record first: it never has a mark for missing bytes
        RandomAccess.SetLength(_data, 0);
        ResetHash();
        (Size, Length, Validator, Stitched, _marked, _notesEnd) = (size, 0, validator, false, 0, 0);
        Note(ResumeRecord.Head(size, validator));
    }

    /// <summary>Notes that the next bytes come from another response.</summary>
    public void Continue() => Stitched = true;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..(int)Math.Min(bytes.Length, MarkEvery - (Length % MarkEvery))];
            _disk.Write(_data, Length, part);
            _hash.AppendData(part);
            Length += part.Length;
            bytes = bytes[part.Length..];
            if (Length % MarkEvery == 0)
            {
                Keep();
            }
        }
    }

    /// <summary>Records the digest of all bytes present, so that a later run can use them.</summary>
    public void Keep()
    {
        if (Length > _marked)
        {
            Note(ResumeRecord.MarkLine(Length, Current));
            _marked = Length;
        }
    }

    /// <summary>Makes the complete content durable under its final name.</summary>
    public void Publish(Sha256Digest digest)
    {
        _disk.Publish(_data, _folder.PartialOf(_name), _folder.FileOf(digest));
        File.Delete(_folder.RecordOf(_name));
    }

    public void Dispose()
    {
        _data.Dispose();
        _notes.Dispose();
        _hash.Dispose();
    }

    private static SafeFileHandle OpenHandle(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private void TakeUp(long? size)
    {
        var text = new byte[(int)Math.Min(RandomAccess.GetLength(_notes), 64L << 20)];
        var got = RandomAccess.Read(_notes, text, 0);
        if (ResumeRecord.Parse(text.AsSpan(0, got)) is not { } notes || (size is not null && notes.Size != size))
        {
            Restart(null, size ?? 0);
            return;
        }

        var (good, end) = (0L, notes.HeadEnd);
        foreach (var mark in notes.Marks)
        {
            if (!HashUpTo(mark.Length) || Current != mark.Prefix)
            {
                ResetHash();
                Length = 0;
                HashUpTo(good);
                break;
            }

            (good, end) = (mark.Length, mark.End);
        }

        RandomAccess.SetLength(_notes, end);
        RandomAccess.SetLength(_data, good);
        (Size, _notesEnd, _marked, Validator, Stitched) = (notes.Size, end, good, notes.Validator, good > 0);
    }

    private bool HashUpTo(long length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MarkEvery);
        try
        {
            while (Length < length)
            {
                var got = RandomAccess.Read(_data, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - Length)), Length);
                if (got == 0)
                {
                    return false;
                }

                _hash.AppendData(buffer, 0, got);
                Length += got;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Note(byte[] line)
    {
        _disk.Write(_notes, _notesEnd, line);
        _notesEnd += line.Length;
    }

    private void ResetHash()
    {
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }
}
