using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class RecordFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Sha256Digest _name = Sha256Digest.Of([1]);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Load_WhatWasWritten_TheLastOfEach()
    {
        var notes = Open(out _);
        notes.Write(_name, "one", "two");
        notes.Write(_name, "three");

        Open(out var read);

        read.Should().Equal($"{_name}: three");
    }

    [Fact]
    public void Load_Deleted_Gone()
    {
        var notes = Open(out _);
        notes.Write(_name, "one");

        notes.Delete(_name);

        Open(out var read);
        read.Should().BeEmpty();
    }

    [Fact]
    public void Load_HalfWrittenStrangeAndTooLong_DeletedAndTold()
    {
        Open(out _);
        string[] strange = [$"{_name}.new", "readme.txt", _name.ToString().ToUpperInvariant()];
        foreach (var name in strange)
        {
            File.WriteAllText(Path.Combine(_temp.Path, name), "x");
        }

        File.WriteAllText(Path.Combine(_temp.Path, Sha256Digest.Of([2]).ToString()), new string('x', 20_000));
        var told = new List<string>();

        new RecordFolder(_temp.Path).Load((_, l) => string.Join(' ', l), told.Add).Should().BeEmpty();

        told.Should().HaveCount(4);
        Directory.EnumerateFiles(_temp.Path).Should().BeEmpty();
    }

    [Fact]
    public void Write_Record_IsDurable()
    {
        var disk = new RecordingDisk(_temp.Path);

        new RecordFolder(_temp.Path, disk).Write(_name, "one");

        disk.Operations.Should().Equal("flush 4 bytes", $"rename {_name}.tmp {_name}", "flush folder .");
    }

    [Fact]
    public void Write_AfterLoadOfMissingFolder_TheNameOfTheFolderIsDurableToo()
    {
        var disk = new RecordingDisk(_temp.Path);
        var records = new RecordFolder(Path.Combine(_temp.Path, "records"), disk);
        records.Load((_, l) => string.Join(' ', l), _ => { }).Should().BeEmpty();

        records.Write(_name, "one");

        disk.Operations[0].Should().Be("flush folder .");
    }

    [Fact]
    public void Delete_MissingFolder_NothingToDo()
    {
        var records = new RecordFolder(Path.Combine(_temp.Path, "records"));

        var delete = () => records.Delete(_name);

        delete.Should().NotThrow();
    }

    private RecordFolder Open(out IReadOnlyList<string> read)
    {
        var notes = new RecordFolder(_temp.Path);
        read = notes.Load((name, lines) => $"{name}: {string.Join(' ', lines)}", _ => { });
        return notes;
    }
}
