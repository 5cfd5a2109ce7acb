using EdgeGateway.Serial.Links;
using EdgeGateway.Serial.Links.Posix;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Links.Posix;

/// <summary>The loop through the lines that it serves.</summary>
public sealed class EpollLoopTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly EpollLoop _loop = new(NullLogger.Instance);

    public void Dispose() => _loop.Dispose();

    [Fact]
    public async Task Ports_ManyAtOnce_EachGetsItsOwnBytes()
    {
        var ptys = Enumerable.Range(0, 64).Select(_ => new Pty()).ToArray();
        var links = ptys.Select(Link).ToArray();
        await Task.WhenAll(links.Select(link => link.OpenAsync(default).AsTask())).WaitAsync(Patience);
        _loop.Count.Should().Be(64);

        var echoes = links.Select(link => EchoAsync(link, rounds: 8)).ToArray();
        await Task.WhenAll(ptys.Select((pty, i) => AskAsync(pty, (byte)i, rounds: 8))).WaitAsync(Patience);
        await Task.WhenAll(echoes).WaitAsync(Patience);

        foreach (var link in links)
        {
            await link.DisposeAsync();
        }

        _loop.Count.Should().Be(0);
        Array.ForEach(ptys, pty => pty.Dispose());
    }

    [Fact]
    public async Task Ports_OpenedAndClosedOftenAtOnce_LeakNoFilesAndMixNothingUp()
    {
        var seed = Seed.Take(output);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ChurnAsync(new Random(seed + i), rounds: 25)))).WaitAsync(Patience);
        _loop.Count.Should().Be(0);
    }

    [Fact]
    public async Task Ports_UnpluggedManyTimes_LeakNoFiles()
    {
        for (var i = 0; i < 30; i++)
        {
            using var pty = new Pty();
            await using var link = Link(pty);
            await link.OpenAsync(default);
            var read = link.ReadAsync(new byte[1], default).AsTask();
            FilesOpenOn(pty).Should().Be(2, "the link and the pseudo-terminal itself hold it");
            pty.Unplug();
            (await FluentActions.Awaiting(() => read.WaitAsync(Patience)).Should().ThrowAsync<LinkException>())
                .Which.Failure.Should().Be(LinkFailure.Unplugged);
            await link.CloseAsync();
            FilesOpenOn(pty).Should().Be(1);
        }
    }

    [Fact]
    public async Task Dispose_PortsOpen_TheyFailClosedAndNoneOpensAfterwards()
    {
        using var pty = new Pty();
        await using var link = Link(pty);
        await link.OpenAsync(default);
        var read = link.ReadAsync(new byte[1], default).AsTask();

        _loop.Dispose();
        _loop.Dispose();

        (await FluentActions.Awaiting(() => read.WaitAsync(Patience)).Should().ThrowAsync<LinkException>())
            .Which.Failure.Should().Be(LinkFailure.Closed);
        await FluentActions.Awaiting(() => link.OpenAsync(default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    private ReopenableLink Link(Pty pty)
    {
        var settings = new PortSettings(pty.SlavePath, 115200, Parity.None, StopBits.One, HalfDuplex: false, LowLatency: true);
        return new ReopenableLink(pty.SlavePath, null, new TermiosOpener(pty.SlavePath, settings, _loop, NullLogger.Instance), NullLogger.Instance);
    }

    /// <summary>Opens, uses and closes a port, closing while it reads and while bytes are on their way.</summary>
    private async Task ChurnAsync(Random random, int rounds)
    {
        using var pty = new Pty();
        await using var link = Link(pty);
        for (var round = 0; round < rounds; round++)
        {
            await link.OpenAsync(default);
            var sent = new byte[random.Next(1, 200)];
            random.NextBytes(sent);
            var read = link.ReadAsync(new byte[sent.Length], default).AsTask();
            var early = random.Next(3) == 0;
            var close = early ? link.CloseAsync().AsTask() : Task.CompletedTask;
            await pty.Master.WriteAsync(sent);
            await close;
            try
            {
                (await read.WaitAsync(Patience)).Should().BePositive();
            }
            catch (LinkException e) when (early && e.Failure == LinkFailure.Closed)
            {
                // as it should
            }

            await link.CloseAsync();
            FilesOpenOn(pty).Should().Be(1, "only the pseudo-terminal itself holds it");
        }
    }

    private static async Task EchoAsync(ReopenableLink link, int rounds)
    {
        var buffer = new byte[16];
        for (var done = 0; done < rounds * 4;)
        {
            var read = await link.ReadAsync(buffer, default);
            await link.WriteAsync(buffer.AsMemory(0, read), default);
            done += read;
        }
    }

    private static async Task AskAsync(Pty pty, byte id, int rounds)
    {
        var answer = new byte[4];
        for (byte round = 0; round < rounds; round++)
        {
            byte[] question = [id, round, 0, 255];
            await pty.Master.WriteAsync(question);
            await pty.Master.ReadExactlyAsync(answer);
            answer.Should().Equal(question);
        }
    }

    private static int FilesOpenOn(Pty pty) =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(file => Target(file) is { } target
            && (target == pty.SlavePath || target == pty.SlavePath + " (deleted)"));

    private static string? Target(string file)
    {
        try
        {
            return new FileInfo(file).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
