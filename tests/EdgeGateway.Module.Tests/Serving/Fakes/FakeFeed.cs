using System.Collections.Concurrent;
using EdgeGateway.Content;
using EdgeGateway.Serial;

namespace EdgeGateway.Module.Tests.Serving.Fakes;

/// <summary>A feed of fake content, which notes what it is asked for.</summary>
internal sealed class FakeFeed : IContentCache
{
    /// <summary>What is there or can be had, by digest.</summary>
    public ConcurrentDictionary<Sha256Digest, FakeContent> Contents { get; } = new();

    /// <summary>What addresses hold.</summary>
    public ConcurrentDictionary<Uri, FakeContent> Addresses { get; } = new();

    /// <summary>What was asked for with size and origin.</summary>
    public ConcurrentQueue<ContentReference> Asked { get; } = new();

    public FakeContent Add(FakeContent content) => Contents[content.Digest] = content;

    public FakeContent Add(Uri address, FakeContent content) => Addresses[address] = content;

    public Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken)
    {
        Asked.Enqueue(content);
        return Open(Contents.GetValueOrDefault(content.Digest));
    }

    public Task<IContentReader?> TryOpenAsync(Sha256Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult(Contents.GetValueOrDefault(digest)?.Open());

    public Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken) => Open(Addresses.GetValueOrDefault(address));

    private static Task<IContentReader> Open(FakeContent? content) => content is null
        ? Task.FromException<IContentReader>(new ContentException(ContentFailure.NotFound, "nobody has it"))
        : Task.FromResult(content.Open());
}
