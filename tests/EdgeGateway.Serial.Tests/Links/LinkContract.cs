using EdgeGateway.Serial.Links;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Links;

/// <summary>What every kind of link must do; run for each kind by a class that says how its other end works.</summary>
public abstract class LinkContract(ITestOutputHelper output) : IDisposable
{
    /// <summary>Bounds a wait for something that must happen; no test waits this long unless it fails.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected ITestOutputHelper Output { get; } = output;

    /// <summary>The link under test, closed at first.</summary>
    protected abstract ISerialLink Link { get; }

    /// <summary>More bytes than the way to the other end can hold.</summary>
    protected abstract int MoreThanFits { get; }

    [Fact]
    public async Task ReadAsync_NotOpen_FailsClosed() =>
        (await FailureOf(() => Link.ReadAsync(new byte[1], default).AsTask())).Should().Be(LinkFailure.Closed);

    [Fact]
    public async Task WriteAsync_NotOpen_FailsClosed() =>
        (await FailureOf(() => Link.WriteAsync(new byte[1], default).AsTask())).Should().Be(LinkFailure.Closed);

    [Fact]
    public async Task OpenAsync_Open_SaysSo()
    {
        Link.IsOpen.Should().BeFalse();
        await OpenAsync();
        Link.IsOpen.Should().BeTrue();

        await FluentActions.Awaiting(() => Link.OpenAsync(default).AsTask()).Should().ThrowAsync<InvalidOperationException>();
        Link.IsOpen.Should().BeTrue("a mistaken second open harms nothing");
    }

    [Fact]
    public async Task OpenAsync_AfterDispose_Throws()
    {
        await Link.DisposeAsync();
        await FluentActions.Awaiting(() => Link.OpenAsync(default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task OpenAsync_CancelledBefore_Throws()
    {
        await FluentActions.Awaiting(() => Link.OpenAsync(new CancellationToken(true)).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();
        Link.IsOpen.Should().BeFalse();
    }

    [Fact]
    public async Task ReadAsync_EmptyBuffer_Throws()
    {
        await OpenAsync();
        await FluentActions.Awaiting(() => Link.ReadAsync(Memory<byte>.Empty, default).AsTask()).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task WriteAsync_Nothing_Completes()
    {
        await OpenAsync();
        await Link.WriteAsync(ReadOnlyMemory<byte>.Empty, default).AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Bytes_AllValuesBothWays_ArriveUntouched()
    {
        await OpenAsync();
        var all = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        await Link.WriteAsync(all, default);
        (await ReceiveAsync(PeerReadAsync, all.Length)).Should().Equal(all);
        await PeerWriteAsync(all, default);
        (await ReceiveAsync(Link.ReadAsync, all.Length)).Should().Equal(all);
    }

    [Fact]
    public async Task Bytes_ManyBothWaysAtOnce_ArriveInOrder()
    {
        var random = new Random(Seed.Take(Output));
        var there = new byte[200_000];
        var back = new byte[200_000];
        random.NextBytes(there);
        random.NextBytes(back);
        await OpenAsync();

        var atPeer = ReceiveAsync(PeerReadAsync, there.Length);
        var atLink = ReceiveAsync(Link.ReadAsync, back.Length);
        var sends = Task.WhenAll(Link.WriteAsync(there, default).AsTask(), PeerWriteAsync(back, default).AsTask());

        (await atPeer).AsSpan().SequenceEqual(there).Should().BeTrue();
        (await atLink).AsSpan().SequenceEqual(back).Should().BeTrue();
        await sends.WaitAsync(Patience);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_LeavesTheLineUsable()
    {
        await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            using var cancel = new CancellationTokenSource();
            var read = Link.ReadAsync(new byte[8], cancel.Token).AsTask();
            read.IsCompleted.Should().BeFalse();
            await cancel.CancelAsync();
            await FluentActions.Awaiting(() => read.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        }

        await PeerWriteAsync(new byte[] { 42 }, default);
        (await ReceiveAsync(Link.ReadAsync, 1)).Should().Equal(42);
        Link.IsOpen.Should().BeTrue();
    }

    [Fact]
    public async Task WriteAsync_OtherEndDoesNotRead_WaitsAndGoesOn()
    {
        await OpenAsync();
        var bytes = new byte[MoreThanFits];
        new Random(1).NextBytes(bytes);

        var write = Link.WriteAsync(bytes, default).AsTask();
        write.IsCompleted.Should().BeFalse("the way holds less");
        (await ReceiveAsync(PeerReadAsync, bytes.Length)).AsSpan().SequenceEqual(bytes).Should().BeTrue();
        await write.WaitAsync(Patience);
    }

    [Fact]
    public async Task WriteAsync_CancelledWhileWaiting_LeavesTheLineUsable()
    {
        await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var write = Link.WriteAsync(new byte[MoreThanFits], cancel.Token).AsTask();
        write.IsCompleted.Should().BeFalse();
        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => write.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();

        var marker = Link.WriteAsync(new byte[] { 1 }, default).AsTask();
        var last = new byte[1];
        while (last[0] != 1)
        {
            last = (await ReceiveAsync(PeerReadAsync, 1, takeAll: true))[^1..];
        }

        await marker.WaitAsync(Patience);
    }

    [Fact]
    public async Task CloseAsync_OperationsPending_FailClosed()
    {
        await OpenAsync();
        var read = Link.ReadAsync(new byte[8], default).AsTask();
        var write = Link.WriteAsync(new byte[MoreThanFits], default).AsTask();

        await Link.CloseAsync().AsTask().WaitAsync(Patience);

        (await FailureOf(() => read)).Should().Be(LinkFailure.Closed);
        (await FailureOf(() => write)).Should().Be(LinkFailure.Closed);
        Link.IsOpen.Should().BeFalse();
        await Link.CloseAsync();
    }

    [Fact]
    public async Task OpenAsync_AfterClose_Works()
    {
        for (var i = 0; i < 5; i++)
        {
            await OpenAsync();
            await Link.WriteAsync(new byte[] { 7 }, default);
            (await ReceiveAsync(PeerReadAsync, 1)).Should().Equal(7);
            await Link.CloseAsync();
        }
    }

    [Fact]
    public async Task Unplug_OperationsPending_FailUnpluggedAndOpenWorksAfterReplug()
    {
        await OpenAsync();
        var read = Link.ReadAsync(new byte[8], default).AsTask();
        var write = Link.WriteAsync(new byte[MoreThanFits], default).AsTask();

        await UnplugAsync();

        (await FailureOf(() => read)).Should().Be(LinkFailure.Unplugged);
        (await FailureOf(() => write)).Should().Be(LinkFailure.Unplugged);
        Link.IsOpen.Should().BeFalse();
        (await FailureOf(() => Link.ReadAsync(new byte[1], default).AsTask())).Should().Be(LinkFailure.Unplugged);
        (await FailureOf(() => Link.WriteAsync(new byte[1], default).AsTask())).Should().Be(LinkFailure.Unplugged);
        (await FailureOf(() => Link.OpenAsync(default).AsTask())).Should().Be(LinkFailure.Missing);

        await ReplugAsync();
        await OpenAsync();
        await PeerWriteAsync(new byte[] { 9 }, default);
        (await ReceiveAsync(Link.ReadAsync, 1)).Should().Equal(9);
    }

    [Fact]
    public async Task Operations_RacingWithOpenAndClose_OnlyFailAsSpecified()
    {
        var random = new Random(Seed.Take(Output));
        for (var i = 0; i < 50; i++)
        {
            await OpenAsync();
            using var cancel = new CancellationTokenSource();
            var tasks = new List<Func<Task>>
            {
                () => Link.ReadAsync(new byte[4], cancel.Token).AsTask(),
                () => Link.WriteAsync(new byte[random.Next(1, 100)], default).AsTask(),
                () => PeerWriteAsync(new byte[] { 1, 2, 3 }, default).AsTask(),
                () => cancel.CancelAsync(),
                () => Link.CloseAsync().AsTask(),
            };
            var order = tasks.ToArray();
            random.Shuffle(order);
            var outcomes = order.Select(task => Task.Run(() => Outcome(task))).ToArray();
            (await Task.WhenAll(outcomes).WaitAsync(Patience)).Where(o => o is not null).Should().BeEmpty();
            await Link.CloseAsync();
        }
    }

    public void Dispose()
    {
        Link.DisposeAsync().AsTask().GetAwaiter().GetResult();
        DisposeOtherEnd();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the link and makes the other end ready.</summary>
    protected virtual Task OpenAsync() => Link.OpenAsync(default).AsTask();

    protected abstract ValueTask<int> PeerReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    protected abstract ValueTask PeerWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Takes the other end away; opening fails until <see cref="ReplugAsync"/>.</summary>
    protected abstract Task UnplugAsync();

    protected abstract Task ReplugAsync();

    /// <summary>After the link.</summary>
    protected abstract void DisposeOtherEnd();

    protected static async Task<LinkFailure> FailureOf(Func<Task> operation) =>
        (await FluentActions.Awaiting(() => operation().WaitAsync(Patience)).Should().ThrowAsync<LinkException>()).Which.Failure;

    protected static async Task<byte[]> ReceiveAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, int count, bool takeAll = false)
    {
        using var patience = new CancellationTokenSource(Patience);
        var bytes = new byte[Math.Max(count, takeAll ? 65536 : 0)];
        var have = 0;
        while (have < count)
        {
            var more = await read(bytes.AsMemory(have), patience.Token).AsTask().WaitAsync(Patience);
            more.Should().BePositive();
            have += more;
        }

        return bytes[..have];
    }

    private static async Task<Exception?> Outcome(Func<Task> operation)
    {
        try
        {
            await operation();
            return null;
        }
        catch (LinkException e) when (e.Failure == LinkFailure.Closed)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (IOException e) when (e is not LinkException)
        {
            return null; // the other end, whose connection was closed
        }
    }
}
