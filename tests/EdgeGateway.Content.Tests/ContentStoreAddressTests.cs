using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

/// <summary>Content of which only the address is known.</summary>
public sealed class ContentStoreAddressTests : IAsyncLifetime
{
    private const int Size = 300_000;
    private const string Address = "http://origin.test/files/image.bin?sig=secret";
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task OpenAsync_FirstTime_StreamsAndKeepsUnderItsDigest()
    {
        var address = _bed.Source.Put(Address, _bytes);

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        using var present = await PresentAsync();
        present.Size.Should().Be(Size);
        Directory.EnumerateFiles(_bed.Options.Folder, "*", SearchOption.AllDirectories).Should().NotContain(f => f.Contains("partial"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_Again_ServedFromTheStoreWithTheSameTag(bool restart)
    {
        var address = _bed.Source.Put(Address, _bytes);
        using var first = await _bed.OpenAsync(address);
        await StoreBed.ReadAsync(first);
        first.Dispose();
        if (restart)
        {
            await _bed.RestartAsync();
        }

        using var again = await _bed.OpenAsync(address);

        again.Tag.Should().Be(first.Tag);
        (await StoreBed.ReadAsync(again)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.AddressOpens.Should().ContainSingle();
    }

    [Fact]
    public async Task OpenAsync_PartByDigestIsPresent_IsRemovedWithTheDownload()
    {
        _bed.Options.Retries = 0;
        var content = _bed.Source.Add(_bytes, "http://origin.test/other.bin");
        _bed.Source.BreakAt(100_000);
        await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ContentException>();
        File.Exists(_bed.Folder.PartialOf(content.Digest)).Should().BeTrue();

        await ReadAsync(_bed.Source.Put(Address, _bytes));

        File.Exists(_bed.Folder.PartialOf(content.Digest)).Should().BeFalse();
    }

    [Fact]
    public async Task OpenAsync_ManyReaders_OneDownload()
    {
        var address = _bed.Source.Put(Address, _bytes);

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReadAsync(address))));

        all.Should().OnlyContain(b => b.SequenceEqual(_bytes));
        _bed.Source.AddressOpens.Should().ContainSingle();
    }

    [Fact]
    public async Task OpenAsync_WantedByDigestLater_NotDownloadedAgain()
    {
        var address = _bed.Source.Put(Address, _bytes);
        await ReadAsync(address);

        await _bed.UseAsync(_bed.Source.Add(_bytes));

        _bed.Source.Opens.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_CameForAnUpdateOfThatAddress_NotDownloadedAgain(bool restart)
    {
        var address = _bed.Source.Put(Address, _bytes);
        await _bed.UseAsync(_bed.Source.Add(_bytes, Address));
        if (restart)
        {
            await _bed.RestartAsync();
        }

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        _bed.Source.AddressOpens.Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_ChildClaimsAnAddressForOtherContent_NotBelieved()
    {
        var address = _bed.Source.Put(Address, _bytes);
        var other = _bed.Source.Add(StoreBed.Bytes(1000, seed: 2), Address); // came from a parent, say: nothing shows that it is of that address
        using (var reader = await _bed.OpenAsync(other))
        {
            await StoreBed.ReadAsync(reader);
        }

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_WhileItsContentIsOnItsWayByDigest_OneDownload()
    {
        var address = _bed.Source.Put(Address, _bytes);
        var content = _bed.Source.Add(_bytes, Address);
        var release = new TaskCompletionSource();
        _bed.Source.Script.Enqueue((bytes, _) => Held(bytes, release.Task));
        var written = _bed.Disk.Reaches(100_000);
        var lease = _bed.AcquireAsync(content);
        await written;

        using var reader = await _bed.OpenAsync(address);
        release.SetResult();

        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        (await lease).Dispose();
        _bed.Source.AddressOpens.Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_WhileItsContentIsOnItsWayByAddress_OneDownload()
    {
        var address = _bed.Source.Put(Address, _bytes);
        var release = new TaskCompletionSource();
        _bed.Source.Script.Enqueue((bytes, _) => Held(bytes, release.Task));
        using var reader = await _bed.OpenAsync(address);

        var lease = _bed.AcquireAsync(_bed.Source.Add(_bytes, Address));
        release.SetResult();

        StoreBed.ReadAll(await lease).SequenceEqual(_bytes).Should().BeTrue();
        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        (await lease).Dispose();
        _bed.Source.Opens.Should().BeEmpty();
        _bed.Source.AddressOpens.Should().ContainSingle();
    }

    [Fact]
    public async Task OpenAsync_LifetimeOverAndUnchanged_AsksForOneByte()
    {
        var address = _bed.Source.Put(Address, _bytes);
        await ReadAsync(address);
        _bed.Time.Advance(_bed.Options.AddressLifetime);
        var before = _bed.Source.Served;

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();
        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        (_bed.Source.Served - before).Should().Be(1);
        _bed.Source.AddressOpens.Should().HaveCount(2, "the answer is good for another lifetime");
    }

    [Fact]
    public async Task OpenAsync_LifetimeOverAndChanged_TheNewContentWithAnotherTag()
    {
        var address = _bed.Source.Put(Address, _bytes);
        using var old = await _bed.OpenAsync(address);
        await StoreBed.ReadAsync(old);
        await _bed.Store.SettleAsync();
        var other = StoreBed.Bytes(200_000, seed: 2);
        _bed.Source.Put(Address, other, "v2");
        _bed.Time.Advance(_bed.Options.AddressLifetime);

        using var reader = await _bed.OpenAsync(address);

        (await StoreBed.ReadAsync(reader)).SequenceEqual(other).Should().BeTrue();
        reader.Tag.Should().NotBe(old.Tag);
        (await StoreBed.ReadAsync(old)).SequenceEqual(_bytes).Should().BeTrue("who reads the old content has it to its end");
        _bed.Source.AddressOpens.Should().HaveCount(2);
    }

    [Fact]
    public async Task OpenAsync_LifetimeOverAndSourceAway_TheOldContent()
    {
        var address = _bed.Source.Put(Address, _bytes);
        await ReadAsync(address);
        _bed.Time.Advance(_bed.Options.AddressLifetime);
        _bed.Source.Refuse(ContentFailure.Unreachable);

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_LifetimeOverAndGone_NotFound()
    {
        var address = _bed.Source.Put(Address, _bytes);
        await ReadAsync(address);
        _bed.Time.Advance(_bed.Options.AddressLifetime);
        _bed.Source.Refuse(ContentFailure.NotFound);

        (await this.Awaiting(t => t.ReadAsync(address)).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.NotFound);
    }

    [Fact]
    public async Task OpenAsync_NoValidator_AskedAnewAsAWhole()
    {
        var address = _bed.Source.Put(Address, _bytes, validator: null);
        await ReadAsync(address);
        _bed.Time.Advance(_bed.Options.AddressLifetime);

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        _bed.Source.AddressOpens.Select(o => o.From.Offset).Should().Equal(0, 0);
    }

    [Fact]
    public async Task OpenAsync_SizeNotTold_Refused()
    {
        var address = _bed.Source.Put(Address, _bytes);
        _bed.Source.TellsSize = false;

        (await this.Awaiting(t => t.ReadAsync(address)).Should().ThrowAsync<ContentException>().WithMessage("*size*")).Which.Failure.Should().Be(ContentFailure.WrongSize);
    }

    [Fact]
    public async Task OpenAsync_NothingThere_NotFoundWithoutTheQuery()
    {
        var thrown = await this.Awaiting(t => t.ReadAsync(new Uri(Address))).Should().ThrowAsync<ContentException>();

        thrown.Which.Failure.Should().Be(ContentFailure.NotFound);
        thrown.Which.Message.Should().NotContain("secret");
    }

    [Theory]
    [InlineData("v1", 123_456)]
    [InlineData(null, 0)]
    public async Task OpenAsync_BrokenOff_GoesOnOnlyWithAValidator(string? validator, long goesOnAt)
    {
        var address = _bed.Source.Put(Address, _bytes, validator);
        _bed.Source.BreakAt(123_456);

        (await ReadLateAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        _bed.Source.AddressOpens.Last().From.Offset.Should().Be(goesOnAt);
    }

    [Fact]
    public async Task OpenAsync_AfterRestart_GoesOnWhereItBrokeOff()
    {
        var address = _bed.Source.Put(Address, _bytes);
        _bed.Options.Retries = 0;
        _bed.Source.BreakAt(123_456);
        await this.Awaiting(t => t.ReadAsync(address)).Should().ThrowAsync<ContentException>();
        await _bed.RestartAsync();

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        _bed.Source.AddressOpens.Select(o => o.From.Offset).Should().Equal(0, 123_456);
    }

    [Fact]
    public async Task OpenAsync_OtherVersionAfterBreak_BeginsAfresh()
    {
        var address = _bed.Source.Put(Address, _bytes);
        var other = StoreBed.Bytes(Size, seed: 2);
        _bed.Source.Script.Enqueue((bytes, from) => _bed.Source.Part(bytes, from.Offset, 100_000, _ =>
        {
            _bed.Source.Put(Address, other, "v2");
            return Task.FromException(new IOException("Connection reset by peer"));
        }));

        (await ReadLateAsync(address)).SequenceEqual(other).Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_ContentEvicted_DownloadedAgain()
    {
        var address = _bed.Source.Put(Address, _bytes);
        await ReadAsync(address);
        _bed.Options.MaxBytes = 400_000;
        await _bed.UseAsync(_bed.Source.Add(StoreBed.Bytes(200_000, seed: 2)));

        (await ReadAsync(address)).SequenceEqual(_bytes).Should().BeTrue();

        _bed.Source.AddressOpens.Should().HaveCount(2);
    }

    [Fact]
    public async Task OpenAsync_TooLargeForTheStore_StoreFull()
    {
        _bed.Options.MaxBytes = Size - 1;
        var address = _bed.Source.Put(Address, _bytes);

        (await this.Awaiting(t => t.ReadAsync(address)).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.StoreFull);
    }

    [Fact]
    public async Task OpenAsync_ManyAddresses_TheOldestAreForgotten()
    {
        _bed.Options.MaxAddresses = 3;
        var addresses = Enumerable.Range(0, 5).Select(i => _bed.Source.Put($"http://origin.test/{i}", StoreBed.Bytes(1000, i))).ToList();
        foreach (var address in addresses)
        {
            await ReadAsync(address);
            _bed.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Notes().Should().HaveCount(3);
        await ReadAsync(addresses[4]);
        await ReadAsync(addresses[0]);
        _bed.Source.AddressOpens.Select(o => addresses.IndexOf(o.Address)).Should().Equal(0, 1, 2, 3, 4, 0);
    }

    [Fact]
    public async Task Files_Any_NeverNameTheAddress()
    {
        await ReadAsync(_bed.Source.Put(Address, _bytes));

        Notes().Should().ContainSingle();
        var all = Directory.EnumerateFiles(_bed.Options.Folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length < Size);
        foreach (var file in all)
        {
            (file + await File.ReadAllTextAsync(file)).Should().NotContain("secret").And.NotContain("origin.test");
        }
    }

    private IEnumerable<string> Notes() => Directory.EnumerateFiles(Path.Combine(_bed.Options.Folder, "addresses"));

    private async Task<IContentReader> PresentAsync() => (await _bed.Store.TryOpenAsync(Sha256Digest.Of(_bytes), default))!;

    /// <summary>Reads all, and waits until the store has it.</summary>
    private async Task<byte[]> ReadAsync(Uri address)
    {
        using var reader = await _bed.OpenAsync(address);
        var bytes = await StoreBed.ReadAsync(reader);
        await _bed.Store.SettleAsync();
        return bytes;
    }

    /// <summary>Reads once all is there; again if the version changed after it was opened.</summary>
    private async Task<byte[]> ReadLateAsync(Uri address)
    {
        while (true)
        {
            using var reader = await _bed.OpenAsync(address);
            try
            {
                await reader.ReadAsync(reader.Size - 1, new byte[1], default).AsTask().WaitAsync(StoreBed.Patience);
                return await StoreBed.ReadAsync(reader);
            }
            catch (ContentException)
            {
                // the download restarted after it was opened
            }
        }
    }

    private OpenedContent Held(byte[] bytes, Task release) => new(
        new JoinedStream(_bed.Source.Part(bytes, 0, 100_000, _ => release).Stream, _bed.Source.Serve(bytes, new ResumePoint(100_000, null)).Stream), 0, "v1");
}
