using EdgeGateway.Content;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Downloads;

public sealed class DownloadProgressTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly DownloadProgress _arrival = new();

    public void Dispose()
    {
        _arrival.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Reach_AllBytes_TheLastOneShowsWhenProven()
    {
        Begin(100);
        _arrival.Reach(100);
        _arrival.Now.Readable.Should().Be(99);

        _arrival.Prove();

        _arrival.Now.Readable.Should().Be(100);
    }

    [Fact]
    public void Look_ByteIsThere_NothingToWaitFor()
    {
        Begin(100);
        _arrival.Reach(10);

        _arrival.Look(9, out var there);
        _arrival.Look(10, out var missing);

        there.Should().BeNull();
        missing!.IsCompleted.Should().BeFalse();
        _arrival.Reach(11);
        missing.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public void Restart_NothingReadable_NoNewGeneration()
    {
        Begin(100);
        _arrival.Restart(ContentFailure.Unreachable);
        _arrival.Now.Generation.Should().Be(0);

        _arrival.Reach(10);
        _arrival.Restart(ContentFailure.WrongDigest);

        _arrival.Now.Should().Match<DownloadState>(v => v.Generation == 1 && v.Readable == 0 && v.RestartReason == ContentFailure.WrongDigest);
    }

    [Fact]
    public async Task BegunAsync_WithAndWithoutBytes_EndsWhenTheyAreKnown()
    {
        var known = _arrival.BegunAsync(bytes: false, default);
        var bytes = _arrival.BegunAsync(bytes: true, default);
        Begin(100);
        (await known.WaitAsync(StoreBed.Patience)).Version!.Size.Should().Be(100);
        bytes.IsCompleted.Should().BeFalse();

        _arrival.Reach(1);

        (await bytes.WaitAsync(StoreBed.Patience)).Readable.Should().Be(1);
    }

    [Fact]
    public async Task Fail_SomebodyWaits_Told()
    {
        var begun = _arrival.BegunAsync(bytes: true, default);
        var why = new IOException("why");

        _arrival.Fail(why);

        (await begun.WaitAsync(StoreBed.Patience)).Failure.Should().BeSameAs(why);
    }

    private void Begin(long size)
    {
        var path = _temp.File("bytes");
        File.WriteAllBytes(path, new byte[1]);
        _arrival.Begin(new ContentVersion(size, "tag"), File.OpenHandle(path));
    }
}
