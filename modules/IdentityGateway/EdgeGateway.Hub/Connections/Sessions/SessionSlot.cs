namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>The present session, for callers that wait for one.</summary>
internal sealed class SessionSlot
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<HubSession> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until there is a session.</summary>
    public Task<HubSession> WaitAsync()
    {
        lock (_lock)
        {
            return _next.Task;
        }
    }

    public void Set(HubSession session)
    {
        lock (_lock)
        {
            _next.TrySetResult(session);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            if (_next.Task.IsCompletedSuccessfully)
            {
                _next = new TaskCompletionSource<HubSession>(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
