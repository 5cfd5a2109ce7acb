using EdgeGateway.Firmware.DeviceUpdate;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Firmware.Tests.Workflow.Journal;

public sealed class FileUpdateJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileUpdateJournal _journal;

    public FileUpdateJournalTests() =>
        _journal = new FileUpdateJournal(_folder.File("journal"), new McuId("mcu:1"), new VirtualTime(), NullLogger.Instance);

    private string Path => System.IO.Path.Combine(_folder.Path, "journal", "mcu:1.json");

    [Fact]
    public void Load_NothingWritten_IsEmpty() => _journal.Load().Should().BeEquivalentTo(new JournalState());

    [Fact]
    public void Save_ThenLoad_BringsEverythingBack()
    {
        var state = Full();
        _journal.Save(state);

        _journal.Load().Should().BeEquivalentTo(state, o => o.ComparingByMembers<ImageTarget>().ComparingByMembers<ActiveUpdate>()
            .ComparingByMembers<FinishedUpdate>().ComparingByMembers<DesiredService>().ComparingByMembers<JournalState>());
    }

    [Fact]
    public void Save_Twice_LeavesOneFileForItsOwnerOnly()
    {
        _journal.Save(Full());
        _journal.Save(new JournalState());

        Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Should().Equal(Path);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _journal.Load().Active.Should().BeNull();
    }

    [Fact]
    public void Load_HalfAFileBesideTheWholeOne_IsNotLookedAt()
    {
        // as after a power cut between write and rename
        _journal.Save(Full());
        File.WriteAllText(Path + ".tmp", "{ \"sche");

        _journal.Load().Active!.Attempt.Should().Be(3);
        _journal.Save(new JournalState());
        _journal.Load().Active.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{ \"schema\": 1, \"active\": {")]
    [InlineData("[]")]
    [InlineData("{ \"schema\": 2 }")]
    [InlineData("{ \"schema\": 1, \"finished\": null }")]
    [InlineData("{ \"schema\": 1, \"active\": { \"phase\": \"Dancing\" } }")]
    [InlineData("{ \"schema\": 1, \"active\": { \"phase\": \"Activating\", \"service\": { \"workflow\": { \"action\": 3, \"id\": \"x\" } } } }")]
    [InlineData("{ \"schema\": 1, \"active\": { \"phase\": \"Succeeded\", \"service\": { \"workflow\": { \"action\": 3, \"id\": \"x\" } } } }")]
    public void Load_MakesNoSense_IsSetAsideAndEmpty(string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, content);

        _journal.Load().Active.Should().BeNull();

        File.Exists(Path).Should().BeFalse();
        var aside = Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Should().ContainSingle().Subject;
        aside.Should().Contain(".broken-20261101T120000");
        File.ReadAllText(aside).Should().Be(content);
    }

    [Fact]
    public void Save_FolderCannotBeMade_NamesTheFile()
    {
        File.WriteAllText(_folder.File("journal"), "in the way");

        _journal.Invoking(j => j.Save(new JournalState())).Should().Throw<JournalException>().WithMessage("*mcu:1.json*");
    }

    [Fact]
    public void Save_FlushesTheFileBeforeTheRenameAndTheFolderAfterIt()
    {
        var disk = new RecordingDisk(_folder.Path);
        var journal = new FileUpdateJournal(_folder.File("journal"), new McuId("mcu:1"), new VirtualTime(), NullLogger.Instance, disk: disk);
        Directory.CreateDirectory(_folder.File("journal"));
        journal.Save(new JournalState());

        disk.Operations.Should().HaveCount(3);
        disk.Operations[0].Should().StartWith("flush ").And.EndWith(" bytes").And.NotBe("flush 0 bytes");
        disk.Operations.Skip(1).Should().Equal("rename journal/mcu:1.json.tmp journal/mcu:1.json", "flush folder journal");
    }

    [Theory]
    [InlineData("flush ")]
    [InlineData("rename ")]
    [InlineData("flush folder ")]
    public void Save_DiskFails_Throws(string operation)
    {
        _journal.Save(Full());
        var disk = new RecordingDisk(_folder.Path) { FailingOperation = operation };
        var journal = new FileUpdateJournal(_folder.File("journal"), new McuId("mcu:1"), new VirtualTime(), NullLogger.Instance, disk: disk);

        journal.Invoking(j => j.Save(Full())).Should().Throw<JournalException>().WithMessage("*mcu:1.json cannot be written*");
    }

    [Fact]
    public void Load_FieldsOfANewerVersion_AreIgnored()
    {
        _journal.Save(Full());
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("\"attempt\": 3", "\"attempt\": 3, \"fieldOfTomorrow\": { \"a\": [1] }", StringComparison.Ordinal));

        _journal.Load().Active!.Attempt.Should().Be(3);
        File.ReadAllText(Path).Should().Contain("fieldOfTomorrow");
    }

    [Fact]
    public void Load_NoTraceParent_AsOlderVersionsWroteIt_IsNull()
    {
        _journal.Save(Full());
        File.ReadAllText(Path).Should().NotContain("traceParent");

        _journal.Load().Active!.TraceParent.Should().BeNull();
    }

    public void Dispose() => _folder.Dispose();

    private static JournalState Full()
    {
        var order = new WorkflowOrder(WorkflowAction.ProcessDeployment, "w", "t");
        var target = new ImageTarget(new UpdateId("P", "N", "1.2"), Sha256Digest.Of("x"u8), 17, "1.2");
        var transfer = new TransferSummary(5, 12, 3, 20, TimeSpan.FromMilliseconds(1234));
        return new JournalState
        {
            Active = new ActiveUpdate
            {
                Service = new DesiredService
                {
                    Workflow = order,
                    UpdateManifest = "{ \"verbatim\": \"ä+/\" }",
                    UpdateManifestSignature = "a.b.c",
                    FileUrls = new Dictionary<string, string> { ["f1"] = "http://x/y" },
                    RootKeyPackageUrl = "http://r",
                    Errors = [new FieldError("p", "v", "e")],
                },
                Phase = UpdatePhase.Confirming,
                Attempt = 3,
                RollBacks = 1,
                Target = target,
                BootCount = 9,
                LastError = FailureReason.RolledBack,
                LastErrorText = "why",
                ResumedAt = 5,
                Transfer = transfer,
            },
            Finished =
            [
                new FinishedUpdate
                {
                    Order = order with { Id = "v" }, Outcome = UpdatePhase.Failed, At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                    Attempt = 2, Reason = FailureReason.StoreFull, Text = "full", Target = target, ResumedAt = 4, Transfer = transfer,
                },
            ],
        };
    }
}
