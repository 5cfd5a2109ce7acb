using EdgeGateway.Content.Cache;
using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content.Downloads;

/// <summary>One download, shared by all requests for it. It ends when the last request leaves.</summary>
/// <remarks>Requests join, leave and complete under the lock of the store; the rest is thread-safe.</remarks>
internal sealed class Download(DownloadPlan plan, CancellationTokenSource end)
{
    private readonly TaskCompletionSource<VerifiedFile> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IProgress<long>[] _listeners = [];
    private bool _over;
    private volatile bool _proven;

    public DownloadPlan Plan { get; } = plan;

    public Sha256Digest Name => Plan.Name;

    public CancellationToken Cancelled { get; } = end.Token;

    /// <summary>Gets what readers see before the end.</summary>
    public DownloadProgress DownloadProgress { get; } = new();

    /// <summary>Gets a task that ends with the file, or with the failure.</summary>
    public Task<VerifiedFile> Result => _result.Task;

    /// <summary>Gets <see cref="Result"/> for callers that only wait for the end.</summary>
    public Task Ended => _result.Task;

    public int Waiters { get; private set; }

    /// <summary>Gets whether the last request left before the end: no request may join anymore.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>Gets whether a request joined that uses the content, not only retains or verifies it.</summary>
    public bool Used { get; private set; }

    /// <summary>Gets whether a request joined whose statement about the content of the address is trusted.</summary>
    public bool Trusted { get; private set; }

    public void Join(DownloadRequest request)
    {
        Waiters++;
        Used |= request.Kind is RequestPurpose.Update or RequestPurpose.Feed;
        Trusted |= request.Kind is RequestPurpose.Update or RequestPurpose.Hold && request.Content == Plan.Content;
        if (request.Progress is { } progress)
        {
            _listeners = [.. _listeners, progress];
        }
    }

    public void Leave(DownloadRequest request)
    {
        Waiters--;
        Abandoned = Waiters == 0 && !_over && !_proven; // complete content is stored even if all requests have left
        if (request.Progress is { } progress)
        {
            var rest = _listeners.ToList();
            rest.Remove(progress);
            _listeners = [.. rest];
        }

        CloseIfEmpty();
    }

    /// <summary>Cancels the download. Must not be called under a lock: continuations may run on this thread.</summary>
    public void Cancel() => end.Cancel();

    /// <summary>Reports the number of bytes that are present and readable.</summary>
    public void Report(long present)
    {
        DownloadProgress.Reach(present);
        foreach (var listener in _listeners)
        {
            listener.Report(present);
        }
    }

    /// <summary>Marks all bytes as present and verified: the end no longer depends on the requests.</summary>
    public void Prove()
    {
        _proven = true;
        DownloadProgress.Prove();
    }

    /// <param name="file">The verified file.</param>
    /// <param name="tag">Entity tag for readers that have none yet.</param>
    public void Succeed(VerifiedFile file, string tag)
    {
        _over = true;
        _result.SetResult(file);
        DownloadProgress.Complete(new ContentVersion(file.Size, tag));
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
            _ = _result.Task.Exception; // observed, also if all requests have left
        }

        DownloadProgress.Fail(why);
        CloseIfEmpty();
    }

    private void CloseIfEmpty()
    {
        if (Waiters == 0 && (_over || Abandoned))
        {
            DownloadProgress.Dispose();
        }
    }
}

/// <summary>What to download.</summary>
/// <param name="Name">Digest of the content, or key of the address where only that is known.</param>
/// <param name="Content">The content; null where only its address is known.</param>
/// <param name="Address">The address, where only that is known.</param>
/// <param name="AddressKey">Key of the address, or of the origin of the content; null if it has none.</param>
internal sealed record DownloadPlan(Sha256Digest Name, ContentReference? Content, Uri? Address, Sha256Digest? AddressKey)
{
    /// <summary>Gets whether content that is present is verified and nothing is downloaded.</summary>
    public bool OnlyCheck { get; init; }

    /// <summary>Gets whether it is a prefetch.</summary>
    public bool Ahead { get; init; }

    /// <summary>Describes it for messages.</summary>
    public string Describe() => Content is { } content ? $"the {content.Size} bytes of content {content.Digest}" : $"the content of {OriginRules.Name(Address!)}";
}

/// <summary>One request that shares a download.</summary>
/// <param name="Kind">Purpose of the request.</param>
/// <param name="Content">The content; null where only its address is known.</param>
/// <param name="Progress">Receives the number of bytes present.</param>
internal sealed record DownloadRequest(RequestPurpose Kind, ContentReference? Content = null, IProgress<long>? Progress = null);

/// <summary>Names the purpose of a request.</summary>
internal enum RequestPurpose
{
    /// <summary>An update of a microcontroller.</summary>
    Update,

    /// <summary>A reader on this gateway or on a gateway below.</summary>
    Feed,

    /// <summary>A prefetch.</summary>
    Hold,

    /// <summary>A verification of stored content.</summary>
    Check,
}
