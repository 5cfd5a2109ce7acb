using EdgeGateway.Module.Methods.Logs;

namespace EdgeGateway.Module.Tests.Methods.Logs;

public sealed class LogTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-10-31T12:00:00Z", "2026-10-31T12:00:00Z")]
    [InlineData("1793534400", "2026-11-01T12:00:00Z")]
    [InlineData("1d", "2026-10-31T12:00:00Z")]
    [InlineData("90 minutes", "2026-11-01T10:30:00Z")]
    [InlineData("2 days 3 hours 2 minutes", "2026-10-30T08:58:00Z")]
    [InlineData("1h30m", "2026-11-01T10:30:00Z")]
    [InlineData("999999d", "1970-01-01T00:00:00Z")]
    public void Read_Time_IsUnderstood(string text, string expected) =>
        LogTime.Read(text, Now).Should().Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("1 fortnight")]
    [InlineData("99999999999999999d")]
    [InlineData("9999999999999999999")]
    [InlineData("9999999999999999")]
    [InlineData("-5m")]
    public void Read_NoTime_IsNull(string text) => LogTime.Read(text, Now).Should().BeNull();
}
