using System.Text;

namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>What a process says: every line goes to a file, the last ones are kept for error messages. Safe for several threads.</summary>
public sealed class ProcessLog : IDisposable
{
    private const int Kept = 15;
    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private StreamWriter? _file;

    /// <param name="path">File to append to; a process that is started twice goes on in the same file.</param>
    public ProcessLog(string path)
    {
        Path = path;
        _file = new StreamWriter(path, append: true, new UTF8Encoding(false)) { AutoFlush = true };
    }

    public string Path { get; }

    public void Add(string line)
    {
        lock (_lock)
        {
            _file?.WriteLine(line);
            _last.Enqueue(line);
            if (_last.Count > Kept)
            {
                _last.Dequeue();
            }
        }
    }

    /// <summary>The last lines, indented for a message.</summary>
    public string Tail()
    {
        lock (_lock)
        {
            return _last.Count == 0 ? "    (it said nothing)" : string.Join(Environment.NewLine, _last.Select(l => "    " + l));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }
}
