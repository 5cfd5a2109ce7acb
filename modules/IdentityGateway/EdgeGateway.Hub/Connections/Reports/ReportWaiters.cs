namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>Who waits for reports to be acknowledged.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ReportWaiters
{
    private readonly List<(long Upto, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Waits for a report and all before it.</summary>
    public Task Add(long upto)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((upto, done));
        return done.Task;
    }

    /// <summary>Everything up to a report has arrived.</summary>
    public void Complete(long upto)
    {
        foreach (var (_, done) in _waiting.Where(w => w.Upto <= upto))
        {
            done.TrySetResult();
        }

        _waiting.RemoveAll(w => w.Upto <= upto);
    }

    /// <summary>Tells all that something will never arrive.</summary>
    public void Fail(HubException why)
    {
        foreach (var (_, done) in _waiting)
        {
            done.TrySetException(why);
        }

        _waiting.Clear();
    }
}
