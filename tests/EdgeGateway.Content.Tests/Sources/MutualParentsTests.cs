using EdgeGateway.Content;
using EdgeGateway.Content.Cache;
using EdgeGateway.Content.Sources;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Content.Tests.Sources;

/// <summary>Two gateways that are parents of each other, whose microcontrollers want the same content at once: no path shows that loop.</summary>
public sealed class MutualParentsTests : IAsyncLifetime
{
    private static readonly byte[] Bytes = StoreBed.Bytes(100_000);

    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ContentMetrics>().BuildServiceProvider();
    private readonly ScriptedSource _origin = new("origin", Bytes);
    private readonly ContentStore _a;
    private readonly ContentStore _b;

    public MutualParentsTests()
    {
        ContentStore? first = null, second = null;
        _a = first = Store("a", () => second!);
        _b = second = Store("b", () => first);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AcquireAsync_BothAtOnce_BothHaveItInTheEnd()
    {
        var content = new ContentReference(Sha256Digest.Of(Bytes), Bytes.Length, new Uri("http://origin.test/image.bin"));
        var both = Task.WhenAll(_a.AcquireAsync(content, null, CancellationToken.None), _b.AcquireAsync(content, null, CancellationToken.None));

        await _time.RunUntilAsync(both);

        foreach (var lease in await both)
        {
            StoreBed.ReadAll(lease).SequenceEqual(Bytes).Should().BeTrue();
            lease.Dispose();
        }
    }

    private ContentStore Store(string name, Func<ContentStore> parent)
    {
        var options = new TestOptions(new ContentOptions { Folder = _folder.File(name), MinFreeBytes = 0, ScrubBytesPerSecond = 0 });
        var metrics = _services.GetRequiredService<ContentMetrics>();
        var source = new OrderedContentSource([new FeedSource(parent)], _origin, options, _time, metrics, NullLogger<OrderedContentSource>.Instance);
        return new ContentStore(source, options, _time, metrics, NullLogger<ContentStore>.Instance, new ContentDisk(), new Random(1));
    }

    /// <summary>A parent as its child sees it, without the network.</summary>
    private sealed class FeedSource(Func<IContentCache> feed) : IContentSource
    {
        public string Name => "parent";

        public async Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken) =>
            new(new ReaderStream(await feed().OpenAsync(content, cancellationToken), from.Offset), from.Offset);

        public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken) =>
            throw new ContentException(ContentFailure.NotFound, "no addresses here");
    }

    private sealed class ReaderStream(IContentReader reader, long offset) : MemoryStream
    {
        private long _at = offset;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var got = await reader.ReadAsync(_at, buffer, cancellationToken);
            _at += got;
            return got;
        }

        protected override void Dispose(bool disposing)
        {
            reader.Dispose();
            base.Dispose(disposing);
        }
    }
}
