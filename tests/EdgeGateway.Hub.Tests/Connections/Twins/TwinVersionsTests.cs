using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Twins;

namespace EdgeGateway.Hub.Tests.Connections.Twins;

public sealed class TwinVersionsTests
{
    [Theory]
    [InlineData(6L, 10L, TwinVerdict.Newer)]
    [InlineData(5L, 10L, TwinVerdict.Same)]
    [InlineData(5L, 9L, TwinVerdict.Same)]
    [InlineData(4L, 10L, TwinVerdict.Stale)]
    [InlineData(4L, 12L, TwinVerdict.Stale)]
    [InlineData(4L, null, TwinVerdict.Stale)]
    [InlineData(null, null, TwinVerdict.Unknown)]
    [InlineData(null, 3L, TwinVerdict.Unknown)]
    [InlineData(1L, 1L, TwinVerdict.Recreated)]
    public void OnTwin_AfterDesired5Reported10_IsJudged(long? desired, long? reported, object expected)
    {
        var versions = new TwinVersions();
        versions.OnTwin(Twin(5, 10)).Should().Be(TwinVerdict.Newer);

        versions.OnTwin(Twin(desired, reported)).Should().Be((TwinVerdict)expected);
    }

    [Fact]
    public void OnTwin_VersionUnknown_ChangesNothing()
    {
        var versions = new TwinVersions();

        versions.OnTwin(Twin(null, null)).Should().Be(TwinVerdict.Unknown);
        versions.OnTwin(Twin(7, 1)).Should().Be(TwinVerdict.Newer);
        versions.OnTwin(Twin(null, null)).Should().Be(TwinVerdict.Unknown);
        versions.OnTwin(Twin(7, 1)).Should().Be(TwinVerdict.Same);
    }

    [Fact]
    public void OnTwin_ReportedGrewSince_StillTellsARecreatedTwin()
    {
        var versions = new TwinVersions();
        versions.OnTwin(Twin(5, 1));
        versions.OnReported(30);

        versions.OnTwin(Twin(1, 2)).Should().Be(TwinVerdict.Recreated);
        versions.OnTwin(Twin(2, 2)).Should().Be(TwinVerdict.Newer);
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
