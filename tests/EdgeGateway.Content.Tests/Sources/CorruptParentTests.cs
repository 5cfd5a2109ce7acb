using EdgeGateway.Content;
using EdgeGateway.Content.Cache;
using EdgeGateway.Content.Sources;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Content.Tests.Sources;

/// <summary>The store over sources in order: what one sends is found out, and the next one helps.</summary>
public sealed class CorruptParentTests : IAsyncLifetime
{
    private static readonly byte[] Bytes = StoreBed.Bytes(300_000);

    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ContentMetrics>().BuildServiceProvider();
    private readonly ScriptedSource _parent = new("parent", Bytes);
    private readonly ScriptedSource _origin = new("origin", Bytes);
    private readonly ContentReference _content = new(Sha256Digest.Of(Bytes), Bytes.Length, new Uri("http://origin.test/image.bin"));
    private readonly ContentOptions _options;
    private readonly ContentStore _store;

    public CorruptParentTests()
    {
        _options = new ContentOptions { Folder = _folder.Path, MinFreeBytes = 0, RetryBase = TimeSpan.Zero };
        var (options, time, metrics) = (new TestOptions(_options), new VirtualTime(), _services.GetRequiredService<ContentMetrics>());
        var source = new OrderedContentSource([_parent], _origin, options, time, metrics, NullLogger<OrderedContentSource>.Instance);
        _store = new ContentStore(source, options, time, metrics, NullLogger<ContentStore>.Instance, new ContentDisk(), new Random(1));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AcquireAsync_CorruptParent_FoundOutAndOriginUsed()
    {
        _parent.Script.Enqueue(_parent.Corrupt);

        await IsRightAsync();

        _parent.Opens.Should().ContainSingle();
        _origin.Opens.Should().ContainSingle().Which.Offset.Should().Be(0);
    }

    [Fact]
    public async Task AcquireAsync_ParentBreaksOffForGood_TheRestFromTheOrigin()
    {
        _parent.Script.Enqueue(_ => new OpenedContent(new MemoryStream(Bytes[..100_000]), 0, "parent"));
        _parent.Script.Enqueue(_ => throw new HttpRequestException("gone"));

        await IsRightAsync();

        _origin.Opens.Should().ContainSingle().Which.Offset.Should().Be(100_000);
    }

    [Fact]
    public async Task AcquireAsync_CorruptBeginningOfTheParentAndRestOfTheOrigin_FetchedAfresh()
    {
        _parent.Script.Enqueue(_ => new OpenedContent(new MemoryStream([.. Bytes[..99_999], (byte)~Bytes[99_999]]), 0, "parent"));
        _parent.Script.Enqueue(_ => throw new HttpRequestException("gone"));
        _parent.Failing = null;

        await IsRightAsync();
    }

    [Fact]
    public async Task AcquireAsync_CorruptParentAndNoOrigin_WrongDigest()
    {
        _options.OriginAllowed = false;
        _parent.Script.Enqueue(_parent.Corrupt);

        var acquire = () => _store.AcquireAsync(_content, null, CancellationToken.None).WaitAsync(StoreBed.Patience);

        (await acquire.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongDigest);
        _parent.Opens.Should().ContainSingle("precious bytes are not fetched again from a source that sent wrong ones");
    }

    private async Task IsRightAsync()
    {
        using var lease = await _store.AcquireAsync(_content, null, CancellationToken.None).WaitAsync(StoreBed.Patience);
        StoreBed.ReadAll(lease).SequenceEqual(Bytes).Should().BeTrue();
    }
}
