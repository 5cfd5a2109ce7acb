using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>
/// Stores one JSON file. A file that cannot be parsed is set aside, and a disk that fails is logged: the content is a second copy, so no error ends a
/// connection.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed partial class StateFile(string path, TimeProvider time, ILogger log, IDisk? disk = null)
{
    private readonly AtomicFile _file = new(path, isPrivate: true, disk);
    private bool _failing;

    /// <summary>Reads the file.</summary>
    /// <param name="parse">Makes sense of it; a <see cref="JsonException"/> says that there is none.</param>
    /// <returns>Null where there is none, or none that can be read.</returns>
    public T? Read<T>(Func<byte[], T> parse)
        where T : class
    {
        try
        {
            return _file.Read() is { } content ? parse(content) : null;
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
            _file.Write(content);
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

    private void SetAside(string reason)
    {
        try
        {
            LogSetAside(path, reason, _file.SetAside(time.GetUtcNow()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(path, $"{reason} It could not be set aside: {e.Message}");
        }
    }

    [LoggerMessage(EventId = 2170, Level = LogLevel.Error, Message = "{File} makes no sense ({Reason}) and was set aside as {Aside}; the hub tells how things stand")]
    private partial void LogSetAside(string file, string reason, string aside);

    [LoggerMessage(EventId = 2171, Level = LogLevel.Error, Message = "{File} cannot be read: {Why}")]
    private partial void LogUnreadable(string file, string why);

    [LoggerMessage(EventId = 2172, Level = LogLevel.Error, Message = "{File} cannot be written and is tried again; a restart without hub would lose what is in it: {Why}")]
    private partial void LogUnwritable(string file, string why);
}
