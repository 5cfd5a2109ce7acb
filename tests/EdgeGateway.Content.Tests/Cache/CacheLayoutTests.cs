using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class CacheLayoutTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly CacheLayout _folder;
    private readonly List<string> _strange = [];

    public CacheLayoutTests() => _folder = new CacheLayout(_temp.Path);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Paths_AnyDigest_StayBelowTheRoot()
    {
        var digest = Sha256Digest.Of("../../etc/passwd"u8);

        foreach (var path in new[] { _folder.FileOf(digest), _folder.PartialOf(digest), _folder.RecordOf(digest) })
        {
            Path.GetFullPath(path).Should().Be(path).And.StartWith(_temp.Path + "/").And.MatchRegex("/(sha256/[0-9a-f]{2}|partial)/[0-9a-f]{64}(\\.resume)?$");
        }
    }

    [Fact]
    public void Scrub_NewFolder_IsMadeAndEmpty()
    {
        new CacheLayout(_temp.File("new/store")).Scrub(_strange.Add).Should().BeEmpty();

        Directory.Exists(_temp.File("new/store/sha256")).Should().BeTrue();
        _strange.Should().BeEmpty();
    }

    [Fact]
    public void Scrub_ContentAndParts_AreListedLeastRecentlyUsedFirst()
    {
        _folder.Scrub(_strange.Add);
        var (a, b, c) = (Put(1, complete: true), Put(2, complete: false), Put(3, complete: true));
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.FileOf(c), start);
        File.SetLastWriteTimeUtc(_folder.PartialOf(b), start.AddDays(1));
        File.SetLastWriteTimeUtc(_folder.FileOf(a), start.AddDays(2));

        var found = _folder.Scrub(_strange.Add);

        found.Select(f => (f.Digest, f.Complete, f.Bytes)).Should().Equal((c, true, 3), (b, false, 2), (a, true, 1));
        _strange.Should().BeEmpty();
    }

    [Fact]
    public void Scrub_WhatIsNotTheStores_IsDeletedButFoldersAreLeftAlone()
    {
        _folder.Scrub(_strange.Add);
        var kept = Put(1, complete: true);
        var orphan = Put(2, complete: false);
        File.Delete(_folder.RecordOf(orphan));
        var name = kept.ToString();
        var other = name[0] == '0' ? "11" : "00";
        string[] files =
        [
            _temp.File($"sha256/{name}"),
            _temp.File($"sha256/{other}/{name}"),
            _temp.File($"sha256/{name[..2]}/{name.ToUpperInvariant()}"),
            _temp.File($"sha256/{name[..2]}/{name}.tmp"),
            _temp.File($"sha256/{name[..2]}/{name[..2]}{new string('0', 62)}"), // empty
            _temp.File($"partial/{name}"), // of content that is complete
            _temp.File($"partial/{name}.resume"),
        ];
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, file.EndsWith("00", StringComparison.Ordinal) ? "" : "strange");
        }

        Directory.CreateDirectory(_temp.File("sha256/lost+found"));
        File.WriteAllText(_temp.File("sha256/lost+found/precious"), "not ours");
        File.WriteAllText(_temp.File("beside"), "not ours");

        var found = _folder.Scrub(_strange.Add);

        found.Should().ContainSingle().Which.Digest.Should().Be(kept);
        files.Should().OnlyContain(f => !File.Exists(f));
        File.Exists(_folder.PartialOf(orphan)).Should().BeFalse();
        File.Exists(_temp.File("sha256/lost+found/precious")).Should().BeTrue();
        File.Exists(_temp.File("beside")).Should().BeTrue();
        _strange.Should().HaveCount(files.Length + 2);
    }

    [Fact]
    public void Scrub_LinkOutOfTheStore_TheLinkIsDeletedAndItsTargetStays()
    {
        _folder.Scrub(_strange.Add);
        var digest = Sha256Digest.Of([9]);
        var target = _temp.File("secret");
        File.WriteAllText(target, "secret");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.FileOf(digest))!);
        File.CreateSymbolicLink(_folder.FileOf(digest), target);
        Directory.CreateSymbolicLink(_temp.File("sha256/zz"), _temp.Path);

        _folder.Scrub(_strange.Add).Should().BeEmpty();

        File.Exists(_folder.FileOf(digest)).Should().BeFalse();
        Directory.Exists(_temp.File("sha256/zz")).Should().BeFalse();
        File.ReadAllText(target).Should().Be("secret");
    }

    private Sha256Digest Put(int length, bool complete)
    {
        var bytes = new byte[length];
        var digest = Sha256Digest.Of(bytes);
        var path = complete ? _folder.FileOf(digest) : _folder.PartialOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        if (!complete)
        {
            File.WriteAllText(_folder.RecordOf(digest), "notes");
        }

        return digest;
    }
}
