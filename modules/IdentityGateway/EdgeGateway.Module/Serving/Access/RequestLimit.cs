using System.Collections.Concurrent;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>Counts requests under way of each client.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RequestLimit(int most)
{
    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);

    /// <summary>Lets one more in.</summary>
    /// <returns>False if the client has as many as it may have; else <see cref="Leave"/> must follow.</returns>
    public bool TryEnter(string client)
    {
        while (true)
        {
            if (!_underWay.TryGetValue(client, out var count))
            {
                if (_underWay.TryAdd(client, 1))
                {
                    return true;
                }
            }
            else if (count >= most)
            {
                return false;
            }
            else if (_underWay.TryUpdate(client, count + 1, count))
            {
                return true;
            }
        }
    }

    public void Leave(string client)
    {
        while (_underWay.TryGetValue(client, out var count))
        {
            if (count == 1 ? _underWay.TryRemove(new(client, 1)) : _underWay.TryUpdate(client, count - 1, count))
            {
                return;
            }
        }
    }
}
