using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Parses a file again when it changes: a corrected file takes effect at the next attempt.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WatchedFile<T>(string path, string what, Func<string, T> parse)
    where T : class
{
    private readonly Lock _lock = new();
    private (DateTime Written, long Length, T Value)? _known;

    /// <exception cref="HubException"><see cref="HubFailure.Unauthorized"/>: missing, unreadable, or nonsense.</exception>
    public T Read()
    {
        lock (_lock)
        {
            try
            {
                var file = new FileInfo(path);
                if (_known is { } known && file.Exists && known.Written == file.LastWriteTimeUtc && known.Length == file.Length)
                {
                    return known.Value;
                }

                var value = parse(File.ReadAllText(path));
                _known = (file.LastWriteTimeUtc, file.Length, value);
                return value;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                throw new HubException(HubFailure.Unauthorized, $"The {what} '{path}' cannot be used: {e.Message}", e);
            }
        }
    }
}
