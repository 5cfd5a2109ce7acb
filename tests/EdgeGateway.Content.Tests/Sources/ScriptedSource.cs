using System.Collections.Concurrent;
using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests.Sources;

/// <summary>A source that does what a test says, and notes what it was asked.</summary>
internal sealed class ScriptedSource(string name, byte[] bytes) : IContentSource
{
    public string Name => name;

    public ConcurrentQueue<ResumePoint> Opens { get; } = [];

    /// <summary>Answers before the good ones, in turn.</summary>
    public ConcurrentQueue<Func<ResumePoint, OpenedContent>> Script { get; } = [];

    /// <summary>Every answer is this failure as long as it is set.</summary>
    public ContentException? Failing { get; set; }

    public Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken) => Task.FromResult(Next(from));

    public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken) => Task.FromResult(Next(from));

    public OpenedContent Serve(ResumePoint from) => new(new MemoryStream(bytes[(int)from.Offset..]), from.Offset, name);

    /// <summary>An answer of other bytes, as many as there should be.</summary>
    public OpenedContent Corrupt(ResumePoint from)
    {
        var wrong = bytes.ToArray();
        wrong[^1] ^= 1;
        return new(new MemoryStream(wrong[(int)from.Offset..]), from.Offset, name);
    }

    private OpenedContent Next(ResumePoint from)
    {
        Opens.Enqueue(from);
        return Failing is { } failure ? throw failure : Script.TryDequeue(out var next) ? next(from) : Serve(from);
    }
}
