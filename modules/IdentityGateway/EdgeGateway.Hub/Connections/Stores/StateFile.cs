using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>
/// One JSON file that is replaced as a whole: written beside, flushed, renamed over, the folder flushed. What cannot be read is set aside; a disk that
/// fails is logged. Nothing here ends a connection: all that is kept is a second copy.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed partial class StateFile(string path, TimeProvider time, ILogger log)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private bool _failing;

    /// <summary>Reads the file.</summary>
    /// <param name="parse">Makes sense of it; a <see cref="JsonException"/> says that there is none.</param>
    /// <returns>Null where there is none, or none that can be read.</returns>
    public T? Read<T>(Func<byte[], T> parse)
        where T : class
    {
        try
        {
            return File.Exists(path) ? parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            SetAside(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(path, e.Message);
        }

        return null;
    }

    /// <summary>Replaces the file; after the return the new content survives a power cut.</summary>
    /// <returns>False where the disk failed: the old content is still there.</returns>
    public bool TryWrite(ReadOnlySpan<byte> content)
    {
        try
        {
            Write(content);
            _failing = false;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failing)
            {
                LogUnwritable(path, e.Message);
            }

            _failing = true;
            return false;
        }
    }

    private void Write(ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            SystemDisk.Instance.FlushFolder(Path.GetDirectoryName(folder) ?? folder);
        }

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        var next = path + ".tmp";
        using (var stream = new FileStream(next, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        SystemDisk.Instance.FlushFolder(folder);
    }

    private void SetAside(string reason)
    {
        var aside = $"{path}.broken-{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        try
        {
            File.Move(path, aside, overwrite: true);
            LogSetAside(path, reason, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(path, $"{reason} It could not be set aside: {e.Message}");
        }
    }

    private readonly ILogger _log = log;

    [LoggerMessage(EventId = 2170, Level = LogLevel.Error, Message = "{File} makes no sense ({Reason}) and was set aside as {Aside}; the hub tells how things stand")]
    private partial void LogSetAside(string file, string reason, string aside);

    [LoggerMessage(EventId = 2171, Level = LogLevel.Error, Message = "{File} cannot be read: {Why}")]
    private partial void LogUnreadable(string file, string why);

    [LoggerMessage(EventId = 2172, Level = LogLevel.Error, Message = "{File} cannot be written and is tried again; a restart without hub would lose what is in it: {Why}")]
    private partial void LogUnwritable(string file, string why);
}
