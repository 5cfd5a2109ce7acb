using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Reading;

/// <summary>
/// Reads verified content straight from its file. Length and time of the file are looked at once a megabyte and before the last byte goes out:
/// who changes a file on disk is noticed before the reader believes to have all of it.
/// </summary>
internal sealed class FileReading(VerifiedFile file, OpenFiles open)
{
    private const long LookEvery = 1 << 20;

    private long _trusted;

    /// <summary>The file, looked at just now, for one stretch of a megabyte at most.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.WrongDigest"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public FileStretch Find(long offset, long most)
    {
        if (!IsUnchanged())
        {
            throw Changed();
        }

        return new FileStretch(file.Handle, Math.Min(Math.Min(most, LookEvery), file.Size - offset));
    }

    /// <exception cref="ContentException"><see cref="ContentFailure.WrongDigest"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        int got;
        bool good;
        try
        {
            got = file.Read(offset, buffer);
            _trusted -= got;
            good = got > 0 && ((_trusted >= 0 && offset + got < file.Size) || file.IsUnchanged());
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content {file.Digest} cannot be read from disk: {e.Message}", e);
        }

        if (!good)
        {
            throw Changed();
        }

        if (_trusted < 0)
        {
            _trusted = LookEvery;
        }

        return got;
    }

    private bool IsUnchanged()
    {
        try
        {
            return file.IsUnchanged();
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content {file.Digest} cannot be read from disk: {e.Message}", e);
        }
    }

    private ContentException Changed()
    {
        open.Suspect(file);
        return new ContentException(ContentFailure.WrongDigest, $"The file of content {file.Digest} was changed on disk while it was read.");
    }
}
