using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Downloads;

/// <summary>One run of making content present, shared by all who want it. The last one to leave ends it.</summary>
/// <remarks>Joining, leaving and ending happen under the lock of the store; the rest is thread-safe.</remarks>
internal sealed class Flight(FlightPlan plan, CancellationTokenSource end)
{
    private readonly TaskCompletionSource<VerifiedFile> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IProgress<long>[] _listeners = [];
    private bool _over;
    private volatile bool _proven;

    public FlightPlan Plan { get; } = plan;

    public Sha256Digest Name => Plan.Name;

    public CancellationToken Cancelled { get; } = end.Token;

    /// <summary>What readers see before the end.</summary>
    public Arrival Arrival { get; } = new();

    /// <summary>Ends with the file, or with why there is none.</summary>
    public Task<VerifiedFile> Result => _result.Task;

    /// <summary><see cref="Result"/>, for those who only wait for its end.</summary>
    public Task Ended => _result.Task;

    public int Waiters { get; private set; }

    /// <summary>True once the last waiter left before the end: nobody may join any more.</summary>
    public bool Deserted { get; private set; }

    /// <summary>True once somebody joined who is going to use the content, not only to hold or to check it.</summary>
    public bool Used { get; private set; }

    /// <summary>True once somebody joined whose word on what its address holds is taken.</summary>
    public bool Trusted { get; private set; }

    public void Join(Wish wish)
    {
        Waiters++;
        Used |= wish.Kind is WishKind.Update or WishKind.Feed;
        Trusted |= wish.Kind is WishKind.Update or WishKind.Hold && wish.Content == Plan.Content;
        if (wish.Progress is { } progress)
        {
            _listeners = [.. _listeners, progress];
        }
    }

    public void Leave(Wish wish)
    {
        Waiters--;
        Deserted = Waiters == 0 && !_over && !_proven; // what is here as a whole is put into the store, whoever leaves
        if (wish.Progress is { } progress)
        {
            var rest = _listeners.ToList();
            rest.Remove(progress);
            _listeners = [.. rest];
        }

        CloseIfEmpty();
    }

    /// <summary>Ends the run early. Not under a lock: what waits for it may go on at once on this thread.</summary>
    public void Cancel() => end.Cancel();

    /// <summary>So many bytes are present and may be read.</summary>
    public void Report(long present)
    {
        Arrival.Reach(present);
        foreach (var listener in _listeners)
        {
            listener.Report(present);
        }
    }

    /// <summary>All bytes are present and right: the end is near, and does not depend on the waiters any more.</summary>
    public void Prove()
    {
        _proven = true;
        Arrival.Prove();
    }

    /// <param name="file">What came.</param>
    /// <param name="tag">What readers are told as its tag, unless they were told before.</param>
    public void Succeed(VerifiedFile file, string tag)
    {
        _over = true;
        _result.SetResult(file);
        Arrival.Complete(new ContentVersion(file.Size, tag));
        CloseIfEmpty();
    }

    public void Fail(Exception why)
    {
        _over = true;
        if (why is OperationCanceledException)
        {
            _result.SetCanceled(Cancelled);
        }
        else
        {
            _result.SetException(why);
            _ = _result.Task.Exception; // observed, also if all waiters have left
        }

        Arrival.Fail(why);
        CloseIfEmpty();
    }

    private void CloseIfEmpty()
    {
        if (Waiters == 0 && (_over || Deserted))
        {
            Arrival.Dispose();
        }
    }
}
