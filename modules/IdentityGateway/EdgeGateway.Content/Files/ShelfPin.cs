namespace EdgeGateway.Content.Files;

/// <summary>Keeps one content, or the room of a download, from eviction until disposed.</summary>
internal sealed class ShelfPin(LedgerItem item, Lock gate) : IDisposable
{
    private LedgerItem? _item = item;

    public void Dispose()
    {
        lock (gate)
        {
            if (_item is { } item)
            {
                item.Pins--;
                _item = null;
            }
        }
    }
}
