using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Processes;

public sealed class ChildProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TempFolder _folder = new();
    private readonly Spawner _spawner = new();

    [Fact]
    public async Task Ready_LineAmongOthers_HandsOutItsDocument()
    {
        await using var child = await StartAsync("""echo starting; echo 'READY {"port":7}'; exec sleep 60""");

        var ready = await child.ReadyAsync(Limit, CancellationToken.None);

        ready.GetProperty("port").GetInt32().Should().Be(7);
        (await File.ReadAllTextAsync(child.LogPath)).Should().StartWith("starting\nREADY ");
    }

    [Fact]
    public async Task Ready_EndsBefore_ThrowsWithCodeAndLastLines()
    {
        await using var child = await StartAsync("echo one; echo 'port is taken' >&2; exit 3");

        var ready = () => child.ReadyAsync(Limit, CancellationToken.None);

        (await ready.Should().ThrowAsync<ProcessFailedException>())
            .WithMessage("test (process *) ended with code 3 before it was ready.*port is taken*");
    }

    [Fact]
    public async Task Ready_SilentForTooLong_ThrowsWithTheLimit()
    {
        var time = new VirtualTime();
        await using var child = await StartAsync("exec sleep 60", time);
        var ready = child.ReadyAsync(TimeSpan.FromSeconds(20), CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(20));

        (await ready.Invoking(r => r).Should().ThrowAsync<ProcessFailedException>())
            .WithMessage("*was not ready within 20 s*(it said nothing)*");
        await child.KillAsync();
    }

    [Fact]
    public async Task Ready_NoJson_ThrowsWithTheLine()
    {
        await using var child = await StartAsync("echo 'READY port 7'; exec sleep 60");

        var ready = () => child.ReadyAsync(Limit, CancellationToken.None);

        (await ready.Should().ThrowAsync<ProcessFailedException>()).WithMessage("*no JSON: port 7");
    }

    [Fact]
    public async Task Watch_EndsByItself_Throws()
    {
        await using var child = await StartAsync("echo oh; exit 9");

        var watch = () => child.WatchAsync(CancellationToken.None).WaitAsync(Limit);

        (await watch.Should().ThrowAsync<ProcessFailedException>()).WithMessage("test (process *) ended by itself with code 9.*oh*");
    }

    [Fact]
    public async Task Watch_Killed_Completes()
    {
        await using var child = await StartAsync("exec sleep 60");
        var watch = child.WatchAsync(CancellationToken.None);

        await child.KillAsync();

        await watch.WaitAsync(Limit);
    }

    [Fact]
    public async Task Stop_Sigterm_LetsItSayGoodbye()
    {
        var child = await StartAsync("""trap 'echo goodbye; exit 0' TERM; echo 'READY {}'; while :; do sleep 0.05; done""");
        await child.ReadyAsync(Limit, CancellationToken.None);

        await child.StopAsync();

        (await File.ReadAllTextAsync(child.LogPath)).Should().EndWith("goodbye\n");
        await child.DisposeAsync();
    }

    [Fact]
    public async Task Stop_SigtermIgnored_KillsAfterTheLimit()
    {
        var time = new VirtualTime();
        await using var child = await StartAsync("""trap '' TERM; echo 'READY {}'; while :; do sleep 0.05; done""", time);
        await child.ReadyAsync(Limit, CancellationToken.None);

        var stop = child.StopAsync();
        stop.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(10));

        await stop.WaitAsync(Limit);
        (await File.ReadAllTextAsync(child.LogPath)).Should().Contain("did not end within 10 s");
    }

    [Fact]
    public async Task Start_SpawnerEnds_KernelEndsTheChild()
    {
        await using var child = await StartAsync("echo 'READY {}'; exec sleep 600");
        await child.ReadyAsync(Limit, CancellationToken.None);

        // the thread that started it is gone, as it is when the whole demo is
        _spawner.Dispose();

        await child.Ended.WaitAsync(Limit);
    }

    [Fact]
    public async Task Start_NoSuchProgram_EndsBeforeReady()
    {
        var spec = new ProcessSpec("test", _folder.File("nothing"), []);

        var start = async () =>
        {
            await using var child = await ChildProcess.StartAsync(spec, _spawner, _folder.Path, TimeProvider.System);
            await child.ReadyAsync(Limit, CancellationToken.None);
        };

        (await start.Should().ThrowAsync<ProcessFailedException>()).WithMessage("*nothing*");
    }

    public void Dispose()
    {
        _spawner.Dispose();
        _folder.Dispose();
    }

    private Task<ChildProcess> StartAsync(string script, TimeProvider? time = null) =>
        ChildProcess.StartAsync(new ProcessSpec("test", "/bin/sh", ["-c", script]), _spawner, _folder.Path, time ?? TimeProvider.System);
}
