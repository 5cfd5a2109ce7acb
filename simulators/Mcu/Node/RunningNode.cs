using System.Buffers;
using System.Buffers.Binary;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;
using EdgeGateway.Simulators.Mcu.Node.Boot;
using EdgeGateway.Simulators.Mcu.Node.Update;

namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>A node from its first instruction to its next reset: what it holds in RAM, and how it answers frames.</summary>
internal sealed class RunningNode
{
    private const byte NoSlot = 0xFF;
    private const byte NothingQueued = 0;

    private readonly McuOptions _options;
    private readonly McuFaults _faults;
    private readonly MetadataLog _log;
    private readonly BootDecision _boot;
    private readonly TimeSpan _started;
    private readonly UpdateSession _session;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer = new();
    private readonly AnswerMemory _answered = new();
    private readonly ArrayBufferWriter<byte> _wire = new();
    private readonly Transmitter _transmitter;
    private readonly Random _random;
    private bool _resetAsked;

    public RunningNode(
        McuOptions options, McuFaults faults, NorFlash flash, MetadataLog log, BootDecision boot, Transmitter transmitter, Random random, TimeSpan now)
    {
        (_options, _faults, _log, _boot, _transmitter, _random, _started) = (options, faults, log, boot, transmitter, random, now);
        _session = new UpdateSession(options, faults, flash, log, boot);
        _reader = new FrameReader(Math.Max(options.MaxPayload + sizeof(uint), LongestCommand));
        State = boot.State;
        TrialEnds = boot.Trial is { } trial ? now + trial : null;
    }

    /// <summary>How the running image came to run; CONFIRM changes it.</summary>
    public BootState State { get; private set; }

    /// <summary>When an unconfirmed image is given up; null if nothing is on trial.</summary>
    public TimeSpan? TrialEnds { get; private set; }

    /// <summary>Gets when the node resets on request; null without one.</summary>
    public TimeSpan? ResetDue { get; private set; }

    /// <summary>Until when the node makes itself noticed; in the past where it does not.</summary>
    public TimeSpan NoticedUntil { get; private set; } = TimeSpan.MinValue;

    /// <summary>When something under way ends; null if nothing is.</summary>
    public TimeSpan? NextDue => _session.NextDue;

    private static int LongestCommand => 38 + (3 * (1 + ProtocolVersion.MaxString));

    public void Advance(TimeSpan now) => _session.Advance(now);

    public void Tear() => _session.Tear();

    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        while (ResetDue is null && _reader.TryRead(ref bytes, out var frame))
        {
            if (!frame.Header.FromNode && IsMine(frame.Header.Address))
            {
                Handle(frame, now);
            }
        }
    }

    private bool IsMine(byte address) => address == _options.Address || (address == 0 && !_options.HalfDuplex);

    private void Handle(in Frame frame, TimeSpan now)
    {
        var header = frame.Header;
        var body = header.Ask ? _answered.Find(frame) : null;
        if (body is null)
        {
            body = Answer(header.Type, frame.Body, now);
            if (header.Ask)
            {
                _answered.Remember(frame, body);
            }
        }

        var sent = header.Ask ? Send(frame, body, now) : now;
        ResetDue = _resetAsked ? sent : null;
    }

    /// <summary>Queues the answer; returns when it has left.</summary>
    private TimeSpan Send(in Frame question, byte[] body, TimeSpan now)
    {
        byte[] wire;
        if (_faults.Garbage)
        {
            wire = new byte[_random.Next(8, 40)];
            _random.NextBytes(wire);
        }
        else
        {
            _wire.ResetWrittenCount();
            FrameWriter.WriteBreak(_wire);
            _writer.Write(_wire, question.Header.Answer(_options.Address), body);
            wire = _wire.WrittenSpan.ToArray();
        }

        var wait = _options.ReplyDelay;
        if (_options.HalfDuplex)
        {
            wait = Max(wait, Max(TimeSpan.FromMilliseconds(1), _options.CharacterTime * 2));
        }

        if (question.Header.Type == FrameType.Hello && Hello.TryRead(question.Body, out var hello))
        {
            wait += _options.CharacterTime * (Hello.SlotCharacters * hello.SlotOf(_options.SerialNumber));
        }

        return _transmitter.Send(wire, now + wait) + (_options.CharacterTime * (wire.Length + 1));
    }

    private byte[] Answer(FrameType type, ReadOnlySpan<byte> body, TimeSpan now)
    {
        _session.Advance(now);
        return type switch
        {
            FrameType.Hello => OnHello(body, now),
            FrameType.Ping => Heartbeat(now).ToBody(),
            FrameType.Events => [NothingQueued, .. Heartbeat(now).ToBody()],
            FrameType.Offer => Offer.TryRead(body, out var offer)
                ? _session.Offer(offer, now).ToBody()
                : (_session.Report(now, ResultCode.Malformed) with { PrefixCrc = Crc32C.Empty }).ToBody(),
            FrameType.Data => OnData(body, now),
            _ => Command(type, body, now).ToBody(),
        };
    }

    private Status Command(FrameType type, ReadOnlySpan<byte> body, TimeSpan now) => type switch
    {
        FrameType.Start when body.Length < sizeof(uint) => _session.Report(now, ResultCode.Malformed),
        FrameType.Start => _session.Start(BinaryPrimitives.ReadUInt32LittleEndian(body), now),
        FrameType.Poll => _session.Poll(now),
        FrameType.Verify => _session.Verify(now),
        FrameType.Activate when body.Length < sizeof(ushort) => _session.Report(now, ResultCode.Malformed),
        FrameType.Activate => OnActivate(BinaryPrimitives.ReadUInt16LittleEndian(body), now),
        FrameType.Confirm when body.Length < Sha256Digest.Length => _session.Report(now, ResultCode.Malformed),
        FrameType.Confirm => OnConfirm(new Sha256Digest(body[..Sha256Digest.Length]), now),
        FrameType.RollBack => OnRollBack(now),
        FrameType.Abort => _session.Abort(now),
        FrameType.Reset when body.Length < sizeof(uint) => _session.Report(now, ResultCode.Malformed),
        FrameType.Reset => OnReset(BinaryPrimitives.ReadUInt32LittleEndian(body), now),
        FrameType.Identify when body.Length < sizeof(ushort) => _session.Report(now, ResultCode.Malformed),
        FrameType.Identify => OnIdentify(BinaryPrimitives.ReadUInt16LittleEndian(body), now),
        _ => _session.Report(now, ResultCode.NotSupported),
    };

    private byte[] OnHello(ReadOnlySpan<byte> body, TimeSpan now)
    {
        if (!Hello.TryRead(body, out var hello))
        {
            return _session.Report(now, ResultCode.Malformed).ToBody();
        }

        var version = Math.Min(hello.MaxVersion, ProtocolVersion.Newest);
        return new Info
        {
            Version = version < Math.Max(hello.MinVersion, ProtocolVersion.Oldest) ? ProtocolVersion.None : version,
            BootState = State,
            RunningSlot = (byte?)_boot.Slot ?? NoSlot,
            HalfDuplex = _options.HalfDuplex,
            CanRollBack = CanRollBack,
            MaxPayload = _options.MaxPayload,
            Window = _options.Window,
            MaxRanges = _options.MaxRanges,
            SlotSize = _options.Geometry.SlotSize,
            EraseBlock = _options.Geometry.EraseBlock,
            ProgramUnit = _options.Geometry.ProgramUnit,
            BootTime = _options.BootTime,
            RunningDigest = _boot.Image?.Digest ?? default,
            Vendor = _options.Vendor,
            Model = _options.Model,
            HardwareRevision = _options.HardwareRevision,
            SerialNumber = _options.SerialNumber,
            RunningVersion = _boot.Image?.Version ?? "",
        }.ToBody();
    }

    private bool CanRollBack => _boot.Slot is { } running
        && (State == BootState.Trial || _log.Current!.Image(running.Other()) is { Proven: true });

    private HeartbeatBody Heartbeat(TimeSpan now) =>
        new((uint)(now - _started).TotalSeconds, State, (byte?)_boot.Slot ?? NoSlot, _log.Current?.BootCount ?? 0);

    private byte[] OnData(ReadOnlySpan<byte> body, TimeSpan now) => body.Length <= sizeof(uint)
        ? _session.Report(now, ResultCode.Malformed).ToBody()
        : _session.Data(BinaryPrimitives.ReadUInt32LittleEndian(body), body[sizeof(uint)..], now).ToBody();

    private Status OnActivate(ushort seconds, TimeSpan now)
    {
        var status = _session.Activate(seconds, now);
        _resetAsked |= status.Result == ResultCode.Ok;
        return status;
    }

    private Status OnConfirm(Sha256Digest digest, TimeSpan now)
    {
        if (_boot.Slot is not { } running || _boot.Image is not { } image)
        {
            return _session.Report(now, ResultCode.WrongState);
        }

        if (digest != image.Digest)
        {
            return _session.Report(now, ResultCode.DigestMismatch);
        }

        if (State != BootState.Confirmed)
        {
            _log.Save(_log.Current!.WithImage(running, image with { Proven = true }) with { Active = running, Trial = null, RolledBack = false });
            (State, TrialEnds) = (BootState.Confirmed, null);
        }

        return _session.Report(now);
    }

    private Status OnRollBack(TimeSpan now)
    {
        if (!CanRollBack)
        {
            return _session.Report(now, ResultCode.NothingToRollBack);
        }

        var state = _log.Current!;
        var running = _boot.Slot!.Value;
        _log.Save(State == BootState.Trial
            ? BootLoader.GiveUpTrial(state)
            : state.WithImage(running, _boot.Image! with { Proven = false }) with { Active = running.Other(), RolledBack = true, Trial = null });
        _resetAsked = true;
        return _session.Report(now);
    }

    private Status OnReset(uint bootCount, TimeSpan now)
    {
        if (_faults.OldFirmware)
        {
            return _session.Report(now, ResultCode.NotSupported);
        }

        if (State == BootState.Trial)
        {
            return _session.Report(now, ResultCode.WrongState);
        }

        _resetAsked |= bootCount == (_log.Current?.BootCount ?? 0);
        return _session.Report(now);
    }

    private Status OnIdentify(ushort seconds, TimeSpan now)
    {
        if (_faults.OldFirmware)
        {
            return _session.Report(now, ResultCode.NotSupported);
        }

        NoticedUntil = now + TimeSpan.FromSeconds(seconds);
        return _session.Report(now);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
