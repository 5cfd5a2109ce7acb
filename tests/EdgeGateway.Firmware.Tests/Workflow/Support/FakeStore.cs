using EdgeGateway.Content;
using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>A store that has what a test gives it, or fails on request.</summary>
internal sealed class FakeStore : IContentStore
{
    private readonly Dictionary<Sha256Digest, byte[]> _contents = [];

    public List<FakeLease> Leases { get; } = [];

    public List<ContentReference> Wanted { get; } = [];

    /// <summary>Called before each answer; may throw or wait.</summary>
    public Func<ContentReference, IProgress<long>?, CancellationToken, Task> Hook { get; set; } = (_, _, _) => Task.CompletedTask;

    public void Add(byte[] bytes) => _contents[Sha256Digest.Of(bytes)] = bytes;

    public async Task<IContentLease> AcquireAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Wanted.Add(content);
        await Hook(content, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_contents.TryGetValue(content.Digest, out var bytes))
        {
            throw new ContentException(ContentFailure.NotFound, $"{content.Origin} answers 404");
        }

        progress?.Report(bytes.Length);
        var lease = new FakeLease(bytes, content.Digest);
        Leases.Add(lease);
        return lease;
    }
}
