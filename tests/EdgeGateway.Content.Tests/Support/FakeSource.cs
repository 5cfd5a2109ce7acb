using System.Collections.Concurrent;
using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests.Support;

/// <summary>A source in memory: serves what it was given, by range, unless a test tells it otherwise for the next answers.</summary>
internal sealed class FakeSource : IContentSource
{
    private readonly ConcurrentDictionary<Sha256Digest, byte[]> _contents = [];
    private readonly ConcurrentDictionary<Uri, (byte[] Bytes, string? Validator)> _addresses = [];
    private long _served;

    public string Name => "fake";

    /// <summary>Answers before the normal ones, in turn.</summary>
    public ConcurrentQueue<Func<byte[], ResumePoint, OpenedContent>> Script { get; } = [];

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<(ContentReference Content, ResumePoint From)> Opens { get; } = [];

    public long Served => Interlocked.Read(ref _served);

    /// <summary>Bytes given at a time.</summary>
    public int Chunk { get; set; } = 10_000;

    public ContentReference Add(byte[] bytes, string address = "http://origin.test/image.bin")
    {
        var content = new ContentReference(Sha256Digest.Of(bytes), bytes.Length, new Uri(address));
        _contents[content.Digest] = bytes;
        return content;
    }

    public Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken)
    {
        Opens.Enqueue((content, from));
        var bytes = _contents[content.Digest];
        return Task.FromResult(Script.TryDequeue(out var next) ? next(bytes, from) : Serve(bytes, from));
    }

    /// <summary>What addresses were asked for, in order.</summary>
    public ConcurrentQueue<(Uri Address, ResumePoint From)> AddressOpens { get; } = [];

    /// <summary>Whether answers to addresses tell their size.</summary>
    public bool TellsSize { get; set; } = true;

    /// <summary>From now on the address holds these bytes; of a validator that is shown again, the rest of them.</summary>
    public Uri Put(string address, byte[] bytes, string? validator = "v1")
    {
        _addresses[new Uri(address)] = (bytes, validator);
        return new Uri(address);
    }

    public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken)
    {
        AddressOpens.Enqueue((address, from));
        if (!_addresses.TryGetValue(address, out var held))
        {
            throw new ContentException(ContentFailure.NotFound, "There is nothing.");
        }

        var start = from.Validator is not null && from.Validator == held.Validator ? from : ResumePoint.Start;
        var opened = Script.TryDequeue(out var next) ? next(held.Bytes, start) : Serve(held.Bytes, start);
        return Task.FromResult(opened with { Validator = held.Validator, Size = TellsSize ? held.Bytes.Length : null, Address = address });
    }

    public OpenedContent Serve(byte[] bytes, ResumePoint from) => Part(bytes, from.Offset, bytes.Length, _ => Task.CompletedTask);

    /// <summary>Gives the bytes from <paramref name="start"/> to <paramref name="end"/>, then does <paramref name="then"/>.</summary>
    public OpenedContent Part(byte[] bytes, long start, long end, Func<CancellationToken, Task> then, string? validator = "v1")
    {
        var part = bytes.AsMemory((int)start..(int)Math.Max(start, end));
        Interlocked.Add(ref _served, part.Length);
        return new OpenedContent(new ScriptedStream(part, Chunk, then), start, validator);
    }

    /// <summary>The next answer breaks off at <paramref name="end"/>.</summary>
    public void BreakAt(long end, Exception? how = null) => Script.Enqueue((bytes, from) =>
        Part(bytes, from.Offset, end, _ => Task.FromException(how ?? new IOException("Connection reset by peer"))));

    /// <summary>The next answer stands still at <paramref name="end"/> until the reader gives up, or until <paramref name="release"/> ends; then it ends.</summary>
    /// <returns>Ends when the stillness is reached.</returns>
    public Task StallAt(long end, Task? release = null)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Script.Enqueue((bytes, from) => Part(bytes, from.Offset, end, async cancellationToken =>
        {
            reached.TrySetResult();
            await (release ?? Task.Delay(Timeout.Infinite, CancellationToken.None)).WaitAsync(cancellationToken);
        }));
        return reached.Task.WaitAsync(StoreBed.Patience);
    }

    public void Refuse(ContentFailure failure, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Script.Enqueue((_, _) => throw new ContentException(failure, "as the test wants it"));
        }
    }
}
