using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Reports;
using EdgeGateway.Hub.Connections.Stores;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

public sealed class ReportOutboxTests : IDisposable
{
    private static readonly DeviceIdentity Identity = new("mcu-07");

    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly HubMetrics _metrics = new();
    private readonly HubOptions _options = new();

    private string File => Path.Combine(_folder.Path, "reports", "mcu-07.json");

    [Fact]
    public void Add_Milestone_IsOnDiskAtOnceAndGoneWithItsAcknowledgement()
    {
        using var outbox = Make();
        outbox.OnTwin([]);

        End(outbox, "wf1");
        var before = Kept()!;
        outbox.Next();
        outbox.Acknowledge();

        before.Segments.Should().ContainSingle().Which.Key.Should().Be("wf1");
        Kept()!.Segments.Should().BeEmpty();
        Kept()!.Known.Should().Equal("wf1");
    }

    [Fact]
    public void Add_Progress_IsWrittenOnlyWhereItWaitsForLong()
    {
        using var outbox = Make();
        for (var percent = 0; percent < 100; percent++)
        {
            outbox.Add(new JsonObject { ["percent"] = percent }, null);
            outbox.Next();
            outbox.Acknowledge();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        System.IO.File.Exists(File).Should().BeFalse("the hub took each at once");
        outbox.Add(new JsonObject { ["percent"] = 100 }, null);
        _time.Advance(_options.OutboxDelay - TimeSpan.FromSeconds(1));
        System.IO.File.Exists(File).Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        Kept()!.Segments.Should().ContainSingle();
        outbox.Next();
        outbox.Acknowledge();
        Kept()!.Segments.Should().BeEmpty("nothing waits any more");
    }

    [Fact]
    public void Close_ProgressThatWaits_IsWritten()
    {
        var outbox = Make();
        outbox.Add(new JsonObject { ["percent"] = 3 }, null);

        outbox.Close();

        Kept()!.Segments.Should().ContainSingle().Which.Patches[0].ToJsonString().Should().Be("""{"percent":3}""");
    }

    [Fact]
    public void Make_AfterKill_GoesOnWithWhatWaited()
    {
        var killed = Make();
        killed.OnTwin([]);
        killed.Add(new JsonObject { ["gone"] = null, ["agent"] = new JsonObject { ["x"] = 1 } }, null);
        End(killed, "wf1");
        End(killed, "wf2");

        using var outbox = Make();
        outbox.Backlog.Milestones.Should().Be(2);
        outbox.HasWork.Should().BeFalse("nobody knows yet what of it has arrived");
        outbox.OnTwin([]);
        var first = outbox.Next()!.ToJsonString();
        outbox.Acknowledge();
        var second = outbox.Next()!.ToJsonString();

        first.Should().Be("""{"gone":null,"agent":{"x":1},"end":"wf1"}""");
        second.Should().Be("""{"end":"wf2"}""");
        End(outbox, "wf2");
        outbox.Acknowledge();
        outbox.HasWork.Should().BeFalse("its key is known");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Schema":2,"Segments":[],"Known":[]}""")]
    [InlineData("""{"Schema":1,"Segments":null,"Known":[]}""")]
    [InlineData("""{"Schema":1,"Segments":[{"Patches":[null],"At":"2026-01-01T00:00:00+00:00"}],"Known":[]}""")]
    [InlineData("""{"Schema":1,"Segments":[{"Patches":[{"a":1,"a":2}],"At":"2026-01-01T00:00:00+00:00"}],"Known":[]}""")]
    [InlineData("""{"Schema":1,"Segments":[],"Known":[null]}""")]
    public void Make_FileMakesNoSense_IsSetAsideAndWorkGoesOn(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, content);

        using var outbox = Make();
        outbox.OnTwin([]);
        End(outbox, "wf1");

        Kept()!.Segments.Should().ContainSingle();
        Directory.GetFiles(Path.GetDirectoryName(File)!, "*.broken-*").Should().ContainSingle()
            .Which.Should().Match(f => System.IO.File.ReadAllText((string)(object)f) == content);
    }

    [Fact]
    public void Make_FileTornAnywhere_NeverThrows()
    {
        using (var whole = Make())
        {
            whole.OnTwin([]);
            End(whole, "wf1");
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            using var outbox = Make();
            outbox.Backlog.Milestones.Should().Be(0);
        }
    }

    [Fact]
    public void Add_DiskFails_IsKeptInMemoryAndWrittenLater()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.Path, "reports"), "a file where the folder should be");
        using var outbox = Make();
        outbox.OnTwin([]);

        End(outbox, "wf1");
        outbox.Backlog.Milestones.Should().Be(1);
        System.IO.File.Delete(Path.Combine(_folder.Path, "reports"));
        _time.Advance(_options.OutboxDelay);

        Kept()!.Segments.Should().ContainSingle();
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Add_Milestones_FileIsForTheOwnerOnly()
    {
        using var outbox = Make();

        End(outbox, "wf1");

        System.IO.File.GetUnixFileMode(File).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _metrics.Dispose();
    }

    private static void End(ReportOutbox outbox, string id)
    {
        var patch = new JsonObject { ["end"] = id };
        outbox.Add(patch, new ReportMilestone(patch, id));
    }

    private ReportOutbox Make() => new(
        Identity, _options, new ReportFile(new HubFolder(_folder.Path).ReportsOf(Identity), _time, NullLogger.Instance), _time, _metrics, NullLogger.Instance);

    private KeptReports? Kept() => new ReportFile(File, _time, NullLogger.Instance).Load();
}
