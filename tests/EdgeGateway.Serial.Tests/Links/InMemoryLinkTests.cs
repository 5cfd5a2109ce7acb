using EdgeGateway.Serial.Links;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class InMemoryLinkTests(ITestOutputHelper output) : LinkContract(output)
{
    private const int Capacity = 1000;
    private readonly (InMemoryLink A, InMemoryLink B) _pair = InMemoryLink.CreatePair("pair", Capacity, 11520);

    protected override ISerialLink Link => _pair.A;

    protected override int MoreThanFits => 10 * Capacity;

    [Fact]
    public void CreatePair_Named_TellsNameAndSpeed()
    {
        (_pair.A.Name, _pair.B.Name).Should().Be(("pair/a", "pair/b"));
        _pair.A.BytesPerSecond.Should().Be(11520);
        InMemoryLink.CreatePair().A.BytesPerSecond.Should().BeNull();
    }

    [Fact]
    public void CreatePair_NoRoom_Throws() =>
        FluentActions.Invoking(() => InMemoryLink.CreatePair(capacity: 0)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public async Task WriteAsync_Unbounded_NeverWaits()
    {
        var (a, b) = InMemoryLink.CreatePair();
        await a.OpenAsync(default);
        await b.OpenAsync(default);
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);

        a.WriteAsync(bytes.AsMemory(0, 5000), default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        (await ReceiveAsync(b.ReadAsync, 3000)).Should().Equal(bytes[..3000]);
        a.WriteAsync(bytes.AsMemory(5000), default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        (await ReceiveAsync(b.ReadAsync, bytes.Length - 3000)).AsSpan().SequenceEqual(bytes.AsSpan(3000)).Should().BeTrue();
    }

    [Fact]
    public async Task WriteAsync_OtherEndClosed_BytesAreLost()
    {
        await OpenAsync();
        await _pair.B.CloseAsync();
        await _pair.A.WriteAsync(new byte[10 * Capacity], default).AsTask().WaitAsync(Patience);
        await _pair.B.OpenAsync(default);
        await _pair.A.WriteAsync(new byte[] { 5 }, default);
        (await ReceiveAsync(_pair.B.ReadAsync, 1, takeAll: true)).Should().Equal(5);
    }

    [Fact]
    public async Task WriteAsync_OtherEndClosesMeanwhile_StopsWaiting()
    {
        await OpenAsync();
        var write = _pair.A.WriteAsync(new byte[10 * Capacity], default).AsTask();
        write.IsCompleted.Should().BeFalse();
        await _pair.B.CloseAsync();
        await write.WaitAsync(Patience);
    }

    [Fact]
    public async Task Unplug_OtherEnd_HearsSilence()
    {
        await OpenAsync();
        var read = _pair.B.ReadAsync(new byte[1], default).AsTask();
        _pair.A.Unplug();
        await _pair.B.WriteAsync(new byte[] { 1 }, default);
        read.IsCompleted.Should().BeFalse();

        _pair.A.Plug();
        await _pair.A.OpenAsync(default);
        await _pair.A.WriteAsync(new byte[] { 2 }, default);
        (await read.WaitAsync(Patience)).Should().Be(1);
    }

    protected override async Task OpenAsync()
    {
        await _pair.A.OpenAsync(default);
        if (!_pair.B.IsOpen)
        {
            await _pair.B.OpenAsync(default);
        }
    }

    protected override ValueTask<int> PeerReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _pair.B.ReadAsync(buffer, cancellationToken);

    protected override ValueTask PeerWriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _pair.B.WriteAsync(bytes, cancellationToken);

    protected override Task UnplugAsync()
    {
        _pair.A.Unplug();
        return Task.CompletedTask;
    }

    protected override Task ReplugAsync()
    {
        _pair.A.Plug();
        return Task.CompletedTask;
    }

    protected override void DisposeOtherEnd() => _pair.B.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
