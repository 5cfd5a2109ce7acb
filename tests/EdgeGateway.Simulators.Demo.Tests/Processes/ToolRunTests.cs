using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Processes;

public sealed class ToolRunTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ProcessLog _log;

    public ToolRunTests() => _log = new ProcessLog(_folder.File("log"));

    [Fact]
    public async Task Run_ProgramAbsent_NamesIt()
    {
        var run = () => new ToolRun(_log).RunAsync("no-such-program", [], CancellationToken.None);

        (await run.Should().ThrowAsync<ProcessFailedException>()).WithMessage("no-such-program cannot be started:*");
    }

    [Fact]
    public async Task Run_ProgramFails_TellsItsLastWords()
    {
        var run = () => new ToolRun(_log).RunAsync("sh", ["-c", "echo it is broken >&2; exit 3"], CancellationToken.None);

        (await run.Should().ThrowAsync<ProcessFailedException>()).WithMessage("*ended with 3*it is broken*");
    }

    [Fact]
    public async Task Run_ProgramSucceeds_HandsOutItsOutput() =>
        (await new ToolRun(_log).RunAsync("sh", ["-c", "echo $X"], CancellationToken.None, new Dictionary<string, string> { ["X"] = "yes" }))
            .Should().Be("yes\n");

    [Fact]
    public async Task Run_Cancelled_EndsTheProgram()
    {
        using var cancellation = new CancellationTokenSource();
        var run = new ToolRun(_log).RunAsync("sleep", ["600"], cancellation.Token);

        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => run.WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<OperationCanceledException>();
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }
}
