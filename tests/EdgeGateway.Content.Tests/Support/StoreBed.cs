using System.Diagnostics.Metrics;
using EdgeGateway.Content;
using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Content.Tests.Support;

/// <summary>All that a store needs, in memory or in a folder of its own.</summary>
internal sealed class StoreBed : IAsyncDisposable
{
    private readonly List<ContentStore> _stores = [];
    private readonly List<TempFolder> _folders = [];
    private readonly IContentSource _source;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ContentMetrics>().BuildServiceProvider();

    public StoreBed(IContentSource? source = null)
    {
        _source = source ?? Source;
        Options = new ContentOptions { Folder = NewFolder(), MinFreeBytes = 0, RetryBase = TimeSpan.Zero };
        Disk = new FaultyDisk(() => Options.Folder);
        Store = NewStore();
    }

    /// <summary>Longest wait of a test for something that must happen.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public ContentOptions Options { get; }

    public FakeSource Source { get; } = new();

    public FaultyDisk Disk { get; }

    public VirtualTime Time { get; } = new();

    public ContentStore Store { get; private set; }

    public CacheLayout Folder => new(Options.Folder);

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>Bytes that no test confuses with others.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public string NewFolder()
    {
        var folder = new TempFolder();
        _folders.Add(folder);
        return folder.Path;
    }

    /// <summary>Another store on the folder, as after a restart.</summary>
    public async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = NewStore();
    }

    /// <summary>Another store on a copy of the folder as it is at this moment: what a kill leaves.</summary>
    public void RestartAfterKill()
    {
        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(Options.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Options.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Options.Folder = copy;
        Store = NewStore();
    }

    public Task<IContentLease> AcquireAsync(ContentReference content, CancellationToken cancellationToken = default) =>
        Store.AcquireAsync(content, null, cancellationToken).WaitAsync(Patience, CancellationToken.None);

    /// <summary>Acquires and lets go.</summary>
    public async Task UseAsync(ContentReference content)
    {
        (await AcquireAsync(content)).Dispose();
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    public Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken = default) =>
        Store.OpenAsync(content, cancellationToken).WaitAsync(Patience, CancellationToken.None);

    public Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken = default) =>
        Store.OpenAsync(address, cancellationToken).WaitAsync(Patience, CancellationToken.None);

    /// <summary>Reads to the end, or to <paramref name="end"/>.</summary>
    public static async Task<byte[]> ReadAsync(IContentReader reader, long start = 0, long? end = null)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[7_777];
        while (true)
        {
            var room = (int)Math.Min(buffer.Length, (end ?? reader.Size) - start - bytes.Length);
            var got = room == 0 ? 0 : await reader.ReadAsync(start + bytes.Length, buffer.AsMemory(0, room), CancellationToken.None).AsTask().WaitAsync(Patience);
            if (got == 0)
            {
                return bytes.ToArray();
            }

            bytes.Write(buffer, 0, got);
        }
    }

    public static byte[] ReadAll(IContentLease lease)
    {
        var bytes = new byte[lease.Size];
        lease.Read(0, bytes);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folders.ForEach(f => f.Dispose());
        await _services.DisposeAsync();
    }

    private ContentStore NewStore()
    {
        var store = new ContentStore(
            _source,
            new TestOptions(Options),
            Time,
            _services.GetRequiredService<ContentMetrics>(),
            NullLogger<ContentStore>.Instance,
            Disk,
            new Random(1));
        _stores.Add(store);
        return store;
    }
}
