using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests.Support;

/// <summary>
/// A source that breaks off, starts again from zero and, where a digest can find it out, lies: at random, from a seed. What an address holds is
/// always right, because no test could see a wrong one.
/// </summary>
internal sealed class UnreliableSource(int seed) : IContentSource
{
    private readonly Dictionary<Sha256Digest, byte[]> _contents = [];
    private readonly Dictionary<Uri, byte[]> _addresses = [];
    private readonly Random _random = new(seed);
    private int _answers;

    public string Name => "unreliable";

    public int Answers => _answers;

    public ContentReference Add(byte[] bytes, int number)
    {
        var content = new ContentReference(Sha256Digest.Of(bytes), bytes.Length, new Uri($"http://origin.test/{number}"));
        _contents.Add(content.Digest, bytes);
        _addresses.Add(content.Origin!, bytes);
        return content;
    }

    public Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken)
    {
        var (kind, where) = Draw();
        var bytes = _contents[content.Digest];
        var given = bytes;
        if (kind == 3)
        {
            given = (byte[])bytes.Clone();
            given[(int)(where * given.Length)] ^= 1;
        }

        return Task.FromResult(Answer(kind, where, given, from) with { Address = content.Origin, Source = kind == 3 ? "liar" : "good", Blame = _ => { } });
    }

    public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken)
    {
        var (kind, where) = Draw();
        var bytes = _addresses[address];
        return Task.FromResult(Answer(kind, where, bytes, from) with { Address = address, Size = bytes.Length });
    }

    private static OpenedContent Answer(int kind, double where, byte[] bytes, ResumePoint from)
    {
        var start = kind == 1 ? 0 : (int)from.Offset;
        var end = kind == 2 ? Math.Max(start, (int)(where * bytes.Length)) : bytes.Length;
        return new OpenedContent(
            new ScriptedStream(bytes.AsMemory(start..end), 9_000, _ => kind == 2 ? throw new IOException("Connection reset by peer") : Task.CompletedTask), start, "v");
    }

    private (int Kind, double Where) Draw()
    {
        Interlocked.Increment(ref _answers);
        lock (_random)
        {
            return (_random.Next(5), _random.NextDouble());
        }
    }
}
