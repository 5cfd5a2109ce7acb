using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class OpenFilesTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly VirtualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ContentMetrics>().BuildServiceProvider();
    private readonly IdleFiles _idle;
    private readonly OpenFiles _open;

    public OpenFilesTests()
    {
        _idle = new IdleFiles(_time);
        CacheDirectory unused = null!;
        _open = new OpenFiles(new Lock(), unused, _idle, _time, _services.GetRequiredService<ContentMetrics>(), NullLogger<ContentStore>.Instance);
    }

    public void Dispose()
    {
        _idle.Dispose();
        _services.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Add_IdleFileUsedAfterTheNewOneWasOpened_IsNotTakenForChanged()
    {
        using var earlier = Open();
        using var later = Open();
        earlier.Touch(_time.GetUtcNow().UtcDateTime.AddDays(1)); // a download that nobody waits for any more ends meanwhile
        _idle.Put(earlier);

        var added = _open.Add(later, pin: null!);

        added.Should().BeSameAs(earlier);
        added.IsUnchanged().Should().BeTrue();
        _idle.Take(added.Digest).Should().BeNull();
    }

    [Fact]
    public void Add_NothingIdle_TheFileItself()
    {
        using var file = Open();

        _open.Add(file, pin: null!).Should().BeSameAs(file);
    }

    private VerifiedFile Open()
    {
        var path = Path.Combine(_temp.Path, "content");
        byte[] bytes = [1, 2, 3];
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, bytes);
        }

        return VerifiedFile.Open(path, Sha256Digest.Of(bytes), CancellationToken.None)!;
    }
}
