using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class PartialFileTests : IDisposable
{
    private const int Size = 500_000;
    private readonly ITestOutputHelper _output;
    private readonly TempFolder _temp = new();
    private readonly CacheLayout _folder;
    private readonly byte[] _bytes = StoreBed.Bytes(Size);
    private readonly Sha256Digest _digest;

    public PartialFileTests(ITestOutputHelper output)
    {
        _output = output;
        _digest = Sha256Digest.Of(_bytes);
        _folder = new CacheLayout(_temp.Path);
        _folder.Scrub(_ => { });
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Publish_AllBytes_FinalFileAndNothingElse()
    {
        using var file = Open();
        file.Restart(null, Size);
        file.Append(_bytes);
        file.Current.Should().Be(_digest);

        file.Publish(_digest);

        File.ReadAllBytes(_folder.FileOf(_digest)).SequenceEqual(_bytes).Should().BeTrue();
        File.Exists(_folder.PartialOf(_digest)).Should().BeFalse();
        File.Exists(_folder.RecordOf(_digest)).Should().BeFalse();
    }

    [Fact]
    public void Keep_AnyLength_IsThereAtTheNextOpening()
    {
        using (var file = Open())
        {
            file.Restart("tag", Size);
            file.Append(_bytes.AsSpan(0, 12_345));
            file.Keep();
        }

        using var again = Open();

        again.Length.Should().Be(12_345);
        again.Validator.Should().Be("tag");
        again.Stitched.Should().BeTrue();
        again.Current.Should().Be(Sha256Digest.Of(_bytes.AsSpan(0, 12_345)));
    }

    [Fact]
    public void Restart_AfterBytes_ForgetsThemForGood()
    {
        using (var file = Open())
        {
            file.Restart("old", Size);
            file.Append(_bytes.AsSpan(0, 100_000));
            file.Restart("new", Size);
        }

        using var again = Open();

        again.Length.Should().Be(0);
        again.Validator.Should().Be("new");
        again.Stitched.Should().BeFalse();
    }

    /// <summary>After any damage to the two files, the resumed part is a true prefix and the download can be finished from there.</summary>
    [Fact]
    public void Open_FilesDamagedAtRandom_TakesUpOnlyATruePrefix()
    {
        var random = new Random(Seed.Take(_output));
        for (var round = 0; round < 30; round++)
        {
            _folder.DeletePartial(_digest);
            using (var file = Open())
            {
                file.Restart("tag", Size);
                for (var at = 0; at < 400_000 && random.Next(20) > 0;)
                {
                    var count = random.Next(1, 60_000);
                    file.Append(_bytes.AsSpan(at, count));
                    at += count;
                }

                if (random.Next(2) == 0)
                {
                    file.Keep();
                }
            }

            Damage(random, random.Next(3) == 0 ? _folder.RecordOf(_digest) : _folder.PartialOf(_digest));

            using var again = Open();
            again.Length.Should().BeInRange(0, Size);
            again.Current.Should().Be(Sha256Digest.Of(_bytes.AsSpan(0, (int)again.Length)), "round {0}", round);
            again.Append(_bytes.AsSpan((int)again.Length));
            again.Current.Should().Be(_digest);
            again.Keep();
            using var last = Open();
            last.Length.Should().Be(Size);
        }
    }

    private static void Damage(Random random, string path)
    {
        var bytes = File.ReadAllBytes(path);
        switch (random.Next(4))
        {
            case 0 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                Array.Resize(ref bytes, random.Next(bytes.Length + 1));
                break;
            case 2:
                bytes = [.. bytes, .. StoreBed.Bytes(random.Next(100_000))];
                break;
            default:
                bytes.AsSpan(random.Next(bytes.Length + 1)).Clear(); // blocks that never reached the disk
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    private PartialFile Open() => PartialFile.Open(_folder, new ContentDisk(), _digest, Size);
}
