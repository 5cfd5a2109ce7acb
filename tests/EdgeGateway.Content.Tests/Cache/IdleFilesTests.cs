using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class IdleFilesTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly VirtualTime _time = new();
    private readonly IdleFiles _idle;

    public IdleFilesTests() => _idle = new IdleFiles(_time);

    public void Dispose()
    {
        _idle.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Take_WhatWasPut_OnceOnly()
    {
        var file = Open(1);
        _idle.Put(file);

        _idle.Take(file.Digest).Should().BeSameAs(file);

        _idle.Take(file.Digest).Should().BeNull();
        file.Dispose();
    }

    [Fact]
    public void Put_MoreThanBound_TheOldestIsClosed()
    {
        var files = Enumerable.Range(0, IdleFiles.Most + 1).Select(Open).ToList();
        foreach (var file in files)
        {
            _idle.Put(file);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _idle.Take(files[0].Digest).Should().BeNull();
        files[0].Invoking(f => f.Read(0, new byte[1])).Should().Throw<ObjectDisposedException>();
        _idle.Take(files[1].Digest).Should().NotBeNull();
        files[1].Dispose();
    }

    [Fact]
    public void Take_RestedTooLong_ClosedAndNull()
    {
        var file = Open(1);
        _idle.Put(file);
        _time.Advance(IdleFiles.Longest + TimeSpan.FromTicks(1));

        _idle.Take(file.Digest).Should().BeNull();

        file.Invoking(f => f.Read(0, new byte[1])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Drop_Resting_Closed()
    {
        var file = Open(1);
        _idle.Put(file);

        _idle.Drop(file.Digest);

        file.Invoking(f => f.Read(0, new byte[1])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Put_AfterTheEnd_Closed()
    {
        var file = Open(1);
        _idle.Dispose();

        _idle.Put(file);

        file.Invoking(f => f.Read(0, new byte[1])).Should().Throw<ObjectDisposedException>();
    }

    private VerifiedFile Open(int number)
    {
        byte[] bytes = [1, (byte)number];
        var path = _temp.File($"content{number}");
        File.WriteAllBytes(path, bytes);
        return VerifiedFile.Open(path, Sha256Digest.Of(bytes), default)!;
    }
}
