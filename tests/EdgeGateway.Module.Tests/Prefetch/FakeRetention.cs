using System.Threading.Channels;
using EdgeGateway.Content;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Serial;

namespace EdgeGateway.Module.Tests.Prefetch;

/// <summary>Holds whose fetching ends when, and as, a test says.</summary>
internal sealed class FakeRetention : IContentRetention
{
    private readonly Channel<(ContentReference Content, IProgress<long> Progress, TaskCompletionSource End)> _asked =
        Channel.CreateUnbounded<(ContentReference, IProgress<long>, TaskCompletionSource)>();

    private readonly Lock _lock = new();
    private readonly List<RetainedContent> _retention = [];

    public IReadOnlyList<RetainedContent> Retained
    {
        get
        {
            lock (_lock)
            {
                return [.. _retention];
            }
        }
    }

    public async Task<RetainedContent> RetainAsync(ContentReference content, DateTimeOffset until, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Writer.TryWrite((content, progress!, end));
        await end.Task.WaitAsync(cancellationToken);
        var hold = new RetainedContent(content.Digest, content.Size, until);
        lock (_lock)
        {
            _retention.Add(hold);
        }

        return hold;
    }

    public bool Release(Sha256Digest digest)
    {
        lock (_lock)
        {
            return _retention.RemoveAll(h => h.Digest == digest) > 0;
        }
    }

    /// <summary>The next content that is asked for.</summary>
    public async Task<(ContentReference Content, IProgress<long> Progress, TaskCompletionSource End)> NextAsync() =>
        await _asked.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>True if nothing was asked for since.</summary>
    public bool IsQuiet => _asked.Reader.Count == 0;
}
