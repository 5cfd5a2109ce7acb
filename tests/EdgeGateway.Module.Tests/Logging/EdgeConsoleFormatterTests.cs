using EdgeGateway.Module.Logging;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Module.Tests.Logging;

public sealed class EdgeConsoleFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Critical, "<0> 2026-11-01 12:00:00.000 +00:00 [FTL] - hello\n")]
    [InlineData(LogLevel.Error, "<3> 2026-11-01 12:00:00.000 +00:00 [ERR] - hello\n")]
    [InlineData(LogLevel.Warning, "<4> 2026-11-01 12:00:00.000 +00:00 [WRN] - hello\n")]
    [InlineData(LogLevel.Information, "<6> 2026-11-01 12:00:00.000 +00:00 [INF] - hello\n")]
    [InlineData(LogLevel.Debug, "<7> 2026-11-01 12:00:00.000 +00:00 [DBG] - hello\n")]
    [InlineData(LogLevel.Trace, "<7> 2026-11-01 12:00:00.000 +00:00 [VRB] - hello\n")]
    public void Write_EachLevel_LooksAsTheRuntimeWrites(LogLevel level, string expected) => Line(level, "hello").Should().Be(expected);

    [Theory]
    [InlineData(LogLevel.Information, LogLevel.Information, "[INF] - hello\n")]
    [InlineData(LogLevel.Debug, LogLevel.Information, "[INF] [Type] - hello\n")]
    [InlineData(LogLevel.Trace, LogLevel.Debug, "[DBG] [Type] - hello\n")]
    public void Write_WhereDebugIsLogged_TellsTheSourceOfEachLine(LogLevel logged, LogLevel level, string end) =>
        Line(level, "hello", logged: logged).Should().EndWith(end);

    [Fact]
    public void Write_LineBreakInMessage_StaysOnOneLine() =>
        Line(LogLevel.Information, "a\n<0> forged\r\u001b[2J").Should().Be("<6> 2026-11-01 12:00:00.000 +00:00 [INF] - a\\n<0> forged\\r\\x1b[2J\n");

    [Fact]
    public void Write_Exception_FollowsTheLine() =>
        Line(LogLevel.Error, "failed", new InvalidOperationException("why")).Should().StartWith("<3> ").And.Contain("failed\nSystem.InvalidOperationException: why");

    private static string Line(LogLevel level, string message, Exception? exception = null, LogLevel logged = LogLevel.Information)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(level, "Some.Name.Space.Type", 1, message, exception, (m, _) => m);
        new EdgeConsoleFormatter(new VirtualTime(), new FixedOptions<LoggerFilterOptions>(new LoggerFilterOptions { MinLevel = logged }))
            .Write(entry, null, output);
        return output.ToString();
    }
}
