using EdgeGateway.Firmware.Content.Files;

namespace EdgeGateway.Firmware.Content;

/// <summary>One run of making content present, shared by all who want it. The last one to leave ends it.</summary>
/// <remarks>Joining, leaving and ending happen under the lock of the store; the rest is thread-safe.</remarks>
internal sealed class Flight(ContentReference content, CancellationTokenSource end)
{
    private readonly TaskCompletionSource<VerifiedFile> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IProgress<long>[] _listeners = [];
    private bool _over;

    public ContentReference Content { get; } = content;

    public CancellationToken Cancelled { get; } = end.Token;

    /// <summary>Ends with the file, or with why there is none.</summary>
    public Task<VerifiedFile> Result => _result.Task;

    /// <summary><see cref="Result"/>, for those who only wait for its end.</summary>
    public Task Ended => _result.Task;

    public int Waiters { get; private set; }

    /// <summary>True once the last waiter left before the end: nobody may join any more.</summary>
    public bool Deserted { get; private set; }

    public void Join(IProgress<long>? progress)
    {
        Waiters++;
        if (progress is not null)
        {
            _listeners = [.. _listeners, progress];
        }
    }

    public void Leave(IProgress<long>? progress)
    {
        Waiters--;
        Deserted = Waiters == 0 && !_over;
        if (progress is not null)
        {
            var rest = _listeners.ToList();
            rest.Remove(progress);
            _listeners = [.. rest];
        }
    }

    /// <summary>Ends the run early. Not under a lock: what waits for it may go on at once on this thread.</summary>
    public void Cancel() => end.Cancel();

    public void Report(long present)
    {
        foreach (var listener in _listeners)
        {
            listener.Report(present);
        }
    }

    public void Succeed(VerifiedFile file)
    {
        _over = true;
        _result.SetResult(file);
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
    }
}
