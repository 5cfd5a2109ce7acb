using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Tests.Sources;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeGateway.Content.Tests;

/// <summary>The store and the HTTP source together, as the gateway registers them, on a web server that misbehaves.</summary>
public sealed class HttpDownloadTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly byte[] _bytes = StoreBed.Bytes(400_000);
    private ServiceProvider _services = null!;
    private HttpOrigin _origin = null!;
    private ContentReference _content = null!;

    public async Task InitializeAsync()
    {
        _origin = await HttpOrigin.StartAsync();
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time).AddContent().Configure<ContentOptions>(o =>
        {
            o.Folder = _folder.Path;
            o.MinFreeBytes = 0;
            o.RetryBase = TimeSpan.Zero;
            o.Retries = 2;
        }).BuildServiceProvider();
        _content = new ContentReference(Sha256Digest.Of(_bytes), _bytes.Length, new Uri(_origin.Address, "/image.bin?sig=SECRET"));
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _origin.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AcquireAsync_ManyAtOnce_OneRequest()
    {
        _origin.Handler = HttpOrigin.Serve(_bytes);

        var leases = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AcquireAsync()));

        leases.Should().OnlyContain(l => StoreBed.ReadAll(l).SequenceEqual(_bytes));
        _origin.Requests.Should().ContainSingle();
        leases.ToList().ForEach(l => l.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcquireAsync_BodyCutShort_TheRestByRange(bool announced)
    {
        Once(HttpOrigin.SendThen(_bytes, 150_000, announced ? _bytes.Length : null, context =>
        {
            if (announced)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        }));

        using var lease = await AcquireAsync();

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _origin.Requests.Should().HaveCount(2).And.Subject.Last().Range.Should().MatchRegex("^bytes=[0-9]+-$");
    }

    [Fact]
    public async Task AcquireAsync_EndlessBody_WrongSize()
    {
        _origin.Handler = HttpOrigin.SendThen([.. _bytes, .. _bytes], 800_000, null, _ => Task.CompletedTask);

        await Fails(ContentFailure.WrongSize, "*more than the 400000 bytes*");
    }

    [Fact]
    public async Task AcquireAsync_ErrorThenGood_Completes()
    {
        Once(HttpOrigin.Status(500));

        using var lease = await AcquireAsync();

        _origin.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task AcquireAsync_ErrorAllTheTime_Unreachable()
    {
        _origin.Handler = HttpOrigin.Status(500);

        await Fails(ContentFailure.Unreachable, "*500*");

        _origin.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task AcquireAsync_NotThere_NotFoundAtOnce()
    {
        _origin.Handler = HttpOrigin.Status(404);

        await Fails(ContentFailure.NotFound, "*404*");

        _origin.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task AcquireAsync_OtherContentOfTheSameSize_WrongDigest()
    {
        _origin.Handler = HttpOrigin.Serve(StoreBed.Bytes(_bytes.Length, seed: 2));

        await Fails(ContentFailure.WrongDigest, $"*{_content.Digest}*");
    }

    [Fact]
    public async Task AcquireAsync_StandsStillInTheBody_TooSlowThenTheRestByRange()
    {
        Once(HttpOrigin.SendThen(_bytes, 100_000, _bytes.Length, context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default)));
        var present = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var acquiring = AcquireAsync(new Listener(p =>
        {
            if (p >= 100_000)
            {
                present.TrySetResult();
            }
        }));
        await present.Task.WaitAsync(StoreBed.Patience);

        _time.Advance(TimeSpan.FromSeconds(30)); // the period in which the bytes came
        _time.Advance(TimeSpan.FromSeconds(30));

        using var lease = await acquiring;
        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _origin.Requests.Last().Range.Should().Be("bytes=100000-");
    }

    [Fact]
    public void AddContent_Sources_AreThoseOfTheGateway()
    {
        _services.GetServices<IContentSource>().Should().ContainSingle().Which.Should().BeOfType<OrderedContentSource>().Which.Name.Should().Be("origin");
        _services.GetRequiredService<IContentStore>().Should().BeOfType<ContentStore>();
    }

    private void Once(Microsoft.AspNetCore.Http.RequestDelegate bad)
    {
        var first = 1;
        _origin.Handler = context => Interlocked.Exchange(ref first, 0) == 1 ? bad(context) : HttpOrigin.Serve(_bytes)(context);
    }

    private Task<IContentLease> AcquireAsync(IProgress<long>? progress = null) =>
        _services.GetRequiredService<IContentStore>().AcquireAsync(_content, progress, CancellationToken.None).WaitAsync(StoreBed.Patience);

    private async Task Fails(ContentFailure failure, string text)
    {
        var thrown = await this.Awaiting(t => t.AcquireAsync()).Should().ThrowAsync<ContentException>().WithMessage(text);
        thrown.Which.Failure.Should().Be(failure);
        thrown.Which.ToString().Should().NotContain("SECRET");
    }

    private sealed class Listener(Action<long> told) : IProgress<long>
    {
        public void Report(long value) => told(value);
    }
}
