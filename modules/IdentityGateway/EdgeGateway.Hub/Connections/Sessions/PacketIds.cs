namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Hands out packet ids 1 to 65535 in turn, leaving out those that wait for an acknowledgement.</summary>
internal sealed class PacketIds
{
    private readonly Lock _lock = new();
    private readonly HashSet<ushort> _used = [];
    private ushort _last;

    public ushort Take()
    {
        lock (_lock)
        {
            if (_used.Count == ushort.MaxValue)
            {
                throw new InvalidOperationException("All 65535 packet ids wait for an acknowledgement.");
            }

            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (!_used.Add(_last));
            return _last;
        }
    }

    public void Return(ushort id)
    {
        lock (_lock)
        {
            _used.Remove(id);
        }
    }
}
