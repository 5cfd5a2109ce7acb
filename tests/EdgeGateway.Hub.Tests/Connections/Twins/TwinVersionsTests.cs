using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Twins;

namespace EdgeGateway.Hub.Tests.Connections.Twins;

public sealed class TwinVersionsTests
{
    [Theory]
    [InlineData(6L, 10L, TwinChange.Newer)]
    [InlineData(5L, 10L, TwinChange.Same)]
    [InlineData(5L, 9L, TwinChange.Same)]
    [InlineData(4L, 10L, TwinChange.Stale)]
    [InlineData(4L, 12L, TwinChange.Stale)]
    [InlineData(4L, null, TwinChange.Stale)]
    [InlineData(null, null, TwinChange.Unknown)]
    [InlineData(null, 3L, TwinChange.Unknown)]
    [InlineData(1L, 1L, TwinChange.Recreated)]
    public void OnTwin_AfterDesired5Reported10_IsJudged(long? desired, long? reported, object expected)
    {
        var versions = new TwinVersions();
        versions.OnTwin(Twin(5, 10)).Should().Be(TwinChange.Newer);

        versions.OnTwin(Twin(desired, reported)).Should().Be((TwinChange)expected);
    }

    [Fact]
    public void OnTwin_VersionUnknown_ChangesNothing()
    {
        var versions = new TwinVersions();

        versions.OnTwin(Twin(null, null)).Should().Be(TwinChange.Unknown);
        versions.OnTwin(Twin(7, 1)).Should().Be(TwinChange.Newer);
        versions.OnTwin(Twin(null, null)).Should().Be(TwinChange.Unknown);
        versions.OnTwin(Twin(7, 1)).Should().Be(TwinChange.Same);
    }

    [Fact]
    public void OnTwin_ReportedGrewSince_StillTellsARecreatedTwin()
    {
        var versions = new TwinVersions();
        versions.OnTwin(Twin(5, 1));
        versions.OnReported(30);

        versions.OnTwin(Twin(1, 2)).Should().Be(TwinChange.Recreated);
        versions.OnTwin(Twin(2, 2)).Should().Be(TwinChange.Newer);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(9, 3)]
    [InlineData(5, -1)]
    [InlineData(2, -4)]
    public void OnPatch_AfterDesired5_CountsMissingVersions(long version, long missing)
    {
        var versions = new TwinVersions();
        versions.OnTwin(Twin(5, 1));

        versions.OnPatch(version).Should().Be(missing);
        versions.IsBehind.Should().Be(version > 5);
        versions.IsRead(version).Should().Be(version == 5);
    }

    [Fact]
    public void OnPatch_OneAfterTheOther_HasNoGap()
    {
        var versions = new TwinVersions();
        versions.OnPatch(40).Should().Be(0, "nothing was read yet");
        versions.OnTwin(Twin(40, 1));

        versions.OnPatch(41).Should().Be(0);
        versions.OnPatch(42).Should().Be(0, "41 was announced, if not read");
        versions.OnTwin(Twin(42, 1));
        versions.IsBehind.Should().BeFalse();
    }

    private static TwinDocument Twin(long? desired, long? reported) => new([], desired, [], reported);
}
