using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;
using EdgeGateway.Simulators.Mcu.Node.Boot;

namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>
/// A microcontroller, sans-IO: bytes and times in, bytes and the next due time out. It speaks the wire protocol's node side, boots, is updated, and
/// loses its power at any time.
/// </summary>
/// <remarks>Times are those of the caller, from any origin, and must not run backwards. Not thread-safe.</remarks>
public sealed class SimulatedMcu
{
    private readonly NorFlash _flash;
    private readonly Random _random;
    private readonly Transmitter _transmitter = new();
    private MetadataLog? _log;
    private BootDecision _boot = BootDecision.Recovery;
    private RunningNode? _running;
    private AsciiShell? _shell;
    private TimeSpan? _bootDue;
    private TimeSpan? _watchdogDue;
    private TimeSpan _silentUntil = TimeSpan.MinValue;

    public SimulatedMcu(McuOptions options, NorFlash flash, int seed, McuFaults? faults = null)
    {
        options.Validate();
        (Options, _flash, Faults, _random) = (options, flash, faults ?? new McuFaults(), new Random(seed));
    }

    public McuOptions Options { get; }

    /// <summary>What is wrong with it.</summary>
    public McuFaults Faults { get; }

    /// <summary>It has power.</summary>
    public bool IsPowered { get; private set; }

    /// <summary>Grows whenever <see cref="Snapshot"/> would tell something new.</summary>
    public int Revision { get; private set; }

    /// <summary>It makes itself noticed at that time.</summary>
    public bool IsNoticed(TimeSpan now) => now < _running?.NoticedUntil;

    /// <summary>The truth about it.</summary>
    public McuSnapshot Snapshot => new()
    {
        Id = Options.Id,
        SerialNumber = Options.SerialNumber,
        RunningVersion = _boot.Image?.Version ?? "",
        RunningDigest = _boot.Image?.Digest ?? default,
        RunningSlot = _boot.Slot,
        BootState = _running?.State ?? _boot.State,
        BootCount = _log?.Current?.BootCount ?? 0,
        Powered = IsPowered,
        IsUp = _running is not null,
    };

    /// <summary>When <see cref="Advance"/> or <see cref="TryTransmit"/> has something to do; null if only bytes can change anything.</summary>
    public TimeSpan? NextDue => Earliest(_transmitter.NextDue, NextEvent);

    private TimeSpan? NextEvent => Earliest(
        Earliest(Earliest(_bootDue, _watchdogDue), _running?.NextDue), Earliest(_running?.ResetDue, _running?.TrialEnds));

    /// <summary>Gives it power; it boots.</summary>
    public void PowerOn(TimeSpan now)
    {
        if (!IsPowered)
        {
            IsPowered = true;
            Guard(now, static (mcu, at) => mcu.Boot(at));
        }
    }

    /// <summary>Cuts the power at any moment.</summary>
    public void CutPower(TimeSpan now)
    {
        Advance(now);
        _running?.Tear();
        PowerIsGone();
    }

    /// <summary>It hears and says nothing for a while, but goes on living.</summary>
    public void Silence(TimeSpan until) => _silentUntil = until;

    /// <summary>Bytes have arrived, the last of them at <paramref name="now"/>.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        Advance(now);
        if (!IsPowered || now < _silentUntil)
        {
            return;
        }

        if (Faults.Shell)
        {
            _shell ??= new AsciiShell();
            _transmitter.Send(_shell.Answer(bytes), now + Options.ReplyDelay);
            return;
        }

        if (Faults.Silent || _running is not { } running)
        {
            return;
        }

        var before = running.State;
        try
        {
            running.Receive(bytes, now);
            Revision += running.State == before ? 0 : 1;
        }
        catch (PowerCutException)
        {
            PowerIsGone();
        }
    }

    /// <summary>Does what is due.</summary>
    public void Advance(TimeSpan now) => Guard(now, static (mcu, until) =>
    {
        while (mcu.NextEvent is { } due && due <= until)
        {
            mcu.Step(due);
        }
    });

    /// <summary>Takes bytes that go out at <paramref name="now"/>.</summary>
    public bool TryTransmit(TimeSpan now, out ReadOnlyMemory<byte> bytes)
    {
        var taken = _transmitter.TryTake(now, out var answer);
        bytes = answer;
        return taken && now >= _silentUntil;
    }

    private static TimeSpan? Earliest(TimeSpan? a, TimeSpan? b) => a is null || b < a ? b : a;

    private void Step(TimeSpan now)
    {
        if (_running is { } running)
        {
            if (running.TrialEnds <= now)
            {
                _transmitter.Clear();
            }

            if (running.TrialEnds <= now || running.ResetDue <= now)
            {
                Boot(now);
            }
            else
            {
                running.Advance(now);
            }
        }
        else if (_watchdogDue <= now)
        {
            Boot(now);
        }
        else
        {
            ComeUp(now);
        }
    }

    private void Boot(TimeSpan now)
    {
        _running = null;
        _watchdogDue = null;
        _log = new MetadataLog(_flash);
        _boot = BootLoader.Boot(_flash, _log);
        _bootDue = now + Options.BootTime;
        Revision++;
    }

    /// <summary>The image has booted, or hangs until its watchdog bites.</summary>
    private void ComeUp(TimeSpan now)
    {
        _bootDue = null;
        if (Faults.DeadImage && _boot.State == BootState.Trial)
        {
            _watchdogDue = now + Options.WatchdogTime;
            return;
        }

        _running = new RunningNode(Options, Faults, _flash, _log!, _boot, _transmitter, _random, now);
        Revision++;
    }

    private void Guard(TimeSpan now, Action<SimulatedMcu, TimeSpan> act)
    {
        try
        {
            act(this, now);
        }
        catch (PowerCutException)
        {
            PowerIsGone();
        }
    }

    private void PowerIsGone()
    {
        IsPowered = false;
        (_running, _bootDue, _watchdogDue, _shell) = (null, null, null, null);
        _transmitter.Clear();
        Revision++;
    }
}
