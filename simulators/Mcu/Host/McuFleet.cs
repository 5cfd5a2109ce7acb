using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>
/// Simulated microcontrollers on lines that a host can open, and the hand that cuts their power and pulls their plugs. The demo runs it as a process
/// of its own, scenario tests inside theirs.
/// </summary>
/// <remarks>Thread-safe. The lines take their time from the clock given; what waits for hosts waits in real time.</remarks>
public sealed class McuFleet : IDisposable
{
    private readonly FleetOptions _options;
    private readonly FleetBuilder _built;
    private readonly HostedLine[] _lines;
    private readonly Dictionary<string, SimulatedMcu> _mcus;
    private readonly (SimulatedMcu Mcu, StateFile File)[] _files;
    private readonly int[] _written;
    private readonly Pump _pump;
    private TaskCompletionSource _changed = NewSignal();
    private bool _disposed;

    /// <summary>Makes the fleet and connects its lines; all nodes are without power.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The state folder holds flash of another size.</exception>
    public McuFleet(FleetOptions options, TimeProvider time)
    {
        _options = options;
        _built = new FleetBuilder(options).Build();
        _lines = [.. _built.Lines];
        _mcus = _built.Mcus.ToDictionary(mcu => mcu.Options.Id);
        _files = [.. _built.Mcus.Select(mcu => (mcu, new StateFile(Path.Combine(options.StateFolder, mcu.Options.Id))))];
        _written = [.. _files.Select(_ => -1)];
        _pump = new Pump(_lines, time, PublishChanges);
        for (var i = 0; i < _lines.Length; i++)
        {
            _pump.Plug(i, _pump.Now);
        }

        Lines = [.. _lines.Select(Describe)];
    }

    /// <summary>The lines. Their ports keep their names when they are unplugged and plugged in again.</summary>
    public IReadOnlyList<FleetLine> Lines { get; }

    /// <summary>Names of all microcontrollers.</summary>
    public IReadOnlyCollection<string> McuIds => _mcus.Keys;

    /// <summary>Ends when the fleet does; faulted if a line or a flash file failed, or a node broke a rule of its flash.</summary>
    public Task Ended => _pump.Ended;

    /// <summary>Powers all nodes.</summary>
    public void Start()
    {
        _pump.Start();
        _pump.Do(now =>
        {
            foreach (var mcu in _mcus.Values)
            {
                mcu.PowerOn(now);
            }

            return true;
        });
    }

    /// <summary>The truth about one of them.</summary>
    /// <exception cref="ArgumentException">There is no such microcontroller.</exception>
    public McuSnapshot Inspect(string id)
    {
        var mcu = Find(id);
        return _pump.Do(_ => mcu.Snapshot);
    }

    /// <summary>Waits until the truth about one of them is what is wanted.</summary>
    public async Task<McuSnapshot> WaitForAsync(string id, Func<McuSnapshot, bool> wanted, CancellationToken cancellationToken)
    {
        var mcu = Find(id);
        while (true)
        {
            var (snapshot, changed) = _pump.Do(_ => (mcu.Snapshot, _changed.Task));
            if (wanted(snapshot))
            {
                return snapshot;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Cuts the power of one node at any moment.</summary>
    public void CutPower(string id) => Do(id, static (mcu, now) => mcu.CutPower(now));

    /// <summary>Gives it back.</summary>
    public void PowerOn(string id) => Do(id, static (mcu, now) => mcu.PowerOn(now));

    /// <summary>One of them hears and says nothing for a while.</summary>
    public void Silence(string id, TimeSpan duration) => Do(id, (mcu, now) => mcu.Silence(now + duration));

    /// <summary>Changes what is wrong with one of them.</summary>
    public void SetFaults(string id, Action<McuFaults> change) => Do(id, (mcu, _) => change(mcu.Faults));

    /// <summary>Pulls the plug of a line, counted from 1: its port is gone.</summary>
    public void Unplug(int line) => _pump.Do(_ =>
    {
        FindLine(line).Unplug();
        return true;
    });

    /// <summary>Plugs a line in again, counted from 1.</summary>
    public void Plug(int line) => _pump.Do(now =>
    {
        _ = FindLine(line);
        _pump.Plug(line - 1, now);
        return true;
    });

    /// <summary>Ends the fleet as a power cut would, and removes its ports. The state folder stays.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _pump.Dispose();
            _built.Dispose();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FleetLine Describe(HostedLine line)
    {
        var halfDuplex = _options.McusPerLine > 1;
        return new FleetLine(line.Terminal!.Port, halfDuplex, [.. line.Line.Mcus.Select(mcu =>
            new FleetMember(mcu.Options.Id, halfDuplex ? mcu.Options.Address : (byte)0))]);
    }

    private SimulatedMcu Find(string id) => _mcus.TryGetValue(id, out var mcu)
        ? mcu
        : throw new ArgumentException($"There is no microcontroller '{id}'; {_mcus.Keys.First()} to {_mcus.Keys.Last()} are there.", nameof(id));

    private HostedLine FindLine(int line) => line >= 1 && line <= _lines.Length
        ? _lines[line - 1]
        : throw new ArgumentException($"There is no line {line}; 1 to {_lines.Length} are there.", nameof(line));

    private void Do(string id, Action<SimulatedMcu, TimeSpan> act)
    {
        var mcu = Find(id);
        _pump.Do(now =>
        {
            act(mcu, now);
            return true;
        });
    }

    private void PublishChanges()
    {
        var changed = false;
        for (var i = 0; i < _files.Length; i++)
        {
            if (_files[i].Mcu.Revision != _written[i])
            {
                _written[i] = _files[i].Mcu.Revision;
                _files[i].File.Write(_files[i].Mcu.Snapshot);
                changed = true;
            }
        }

        if (changed)
        {
            var signal = _changed;
            _changed = NewSignal();
            signal.SetResult();
        }
    }
}
