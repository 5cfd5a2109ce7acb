using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;
using EdgeGateway.Simulators.Mcu.Node.Boot;

namespace EdgeGateway.Simulators.Mcu.Node.Update;

/// <summary>A node's side of an update, from OFFER to ACTIVATE (wire-protocol.md sections 4.3 to 5.3). It lives in RAM: a reset ends it.</summary>
internal sealed class UpdateSession
{
    private readonly McuOptions _options;
    private readonly McuFaults _faults;
    private readonly NorFlash _flash;
    private readonly MetadataLog _log;
    private readonly OfferRules _rules;
    private readonly SlotWriter _writer;

    private TimeSpan? _verifyDue;
    private ResultCode _failure;
    private bool _blankBeyond;

    public UpdateSession(McuOptions options, McuFaults faults, NorFlash flash, MetadataLog log, BootDecision boot)
    {
        (_options, _faults, _flash, _log) = (options, faults, flash, log);
        _rules = new OfferRules(options, faults, log, boot);
        _writer = new SlotWriter(options, faults, flash, log);
    }

    public SessionState State { get; private set; }

    /// <summary>When something under way ends; null if nothing is.</summary>
    public TimeSpan? NextDue => _verifyDue ?? _writer.NextDue;

    /// <summary>Takes an offer or refuses it; touches nothing.</summary>
    public Status Offer(Offer offer, TimeSpan now)
    {
        var refusal = State == SessionState.Activated ? ResultCode.WrongState : _rules.Refusal(offer);
        if (refusal != ResultCode.Ok)
        {
            return Report(now, refusal) with { PrefixCrc = Crc32C.Empty };
        }

        Settle();
        var slot = _rules.Target(offer);
        var same = _writer.Image is { } current && OfferRules.IsPartOf(offer, slot, current);
        _blankBeyond = same && (State == SessionState.Receiving || (State == SessionState.Offered && _blankBeyond));
        var held = _blankBeyond ? (int)_writer.Window.Programmed : _rules.Resumable(offer);
        _writer.Announce(new PartialImage(slot, (int)offer.Size, offer.Digest, offer.Version, held));
        (State, _failure) = (SessionState.Offered, ResultCode.Ok);
        return Report(now) with { PrefixCrc = SlotReader.Crc(_flash, slot, held) };
    }

    /// <summary>Journals the offer, then erases what <paramref name="offset"/> does not keep.</summary>
    public Status Start(long offset, TimeSpan now)
    {
        if (State is SessionState.None or SessionState.Activated)
        {
            return Poll(now, ResultCode.WrongState);
        }

        if (_writer.Phase == WriterPhase.Erasing)
        {
            return Report(now, offset == _writer.Window.Next ? ResultCode.Busy : ResultCode.WrongState);
        }

        var programmed = _writer.Window.Programmed;
        var goesOn = offset == programmed && (_blankBeyond || State != SessionState.Offered);
        if (offset > programmed || !(goesOn || offset % _options.Geometry.EraseBlock == 0 || offset == _writer.Image!.Size))
        {
            return Report(now, ResultCode.Malformed);
        }

        Settle();
        _blankBeyond = false;
        if (goesOn)
        {
            _writer.GoOn(now);
        }
        else
        {
            _writer.EraseFrom(offset, now);
        }

        Follow();
        return Report(now);
    }

    /// <summary>Keeps bytes of the image that are new and fit the window.</summary>
    public Status Data(long offset, ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (State is SessionState.Complete or SessionState.Verified)
        {
            return Report(now);
        }

        if (State != SessionState.Receiving)
        {
            return Poll(now, ResultCode.WrongState);
        }

        if (data.IsEmpty || data.Length > _options.MaxPayload || offset + data.Length > _writer.Window.Size)
        {
            return Report(now, ResultCode.Malformed);
        }

        _writer.Accept(offset, data, now);
        Follow();
        return Report(now);
    }

    /// <summary>How things stand.</summary>
    public Status Poll(TimeSpan now) => Poll(now, ResultCode.Ok);

    /// <summary>Starts the digest over the slot, or tells how it went.</summary>
    public Status Verify(TimeSpan now)
    {
        if (State != SessionState.Complete)
        {
            return State == SessionState.Verified ? Report(now) : Poll(now, ResultCode.WrongState);
        }

        _verifyDue ??= now + (_options.DigestRate == 0
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds((double)_writer.Image!.Size / _options.DigestRate));
        Advance(now);
        return Poll(now);
    }

    /// <summary>Marks the verified image for one trial boot. The caller resets the node if the result is ok.</summary>
    public Status Activate(ushort trialSeconds, TimeSpan now)
    {
        if (trialSeconds == 0)
        {
            return Report(now, ResultCode.Malformed);
        }

        if (State == SessionState.Verified && _writer.Image is { } image)
        {
            _log.Save(_log.Current!.WithImage(image.Slot, new SlotImage(image.Size, image.Digest, image.Version, Proven: false)) with
            {
                Partial = null,
                Trial = new TrialRecord(image.Slot, trialSeconds, Boots: 0),
            });
            State = SessionState.Activated;
        }

        return State == SessionState.Activated ? Report(now) : Poll(now, ResultCode.WrongState);
    }

    /// <summary>Ends the session; the partial image stays for a later offer.</summary>
    public Status Abort(TimeSpan now)
    {
        if (State == SessionState.Activated)
        {
            return Report(now, ResultCode.WrongState);
        }

        Settle();
        End(ResultCode.Ok);
        return Report(now);
    }

    /// <summary>Status with the result of a command, or with how things stand.</summary>
    public Status Report(TimeSpan now, ResultCode result = ResultCode.Ok) => new()
    {
        Result = result == ResultCode.Ok ? CurrentResult : result,
        Session = State,
        WaitMilliseconds = (_verifyDue ?? _writer.ReadyAt) is { } due
            ? (int)Math.Clamp(Math.Ceiling((due - now).TotalMilliseconds), 1, ushort.MaxValue)
            : 0,
        Next = _writer.Window.Next,
        Limit = State == SessionState.Receiving ? _writer.Window.Limit : _writer.Window.Next,
        Ranges = _writer.Window.Beyond.Count == 0 ? [] : [.. _writer.Window.Beyond],
    };

    /// <summary>Ends what is due at <paramref name="now"/>, each at its own time, and starts what follows it.</summary>
    public void Advance(TimeSpan now)
    {
        if (_verifyDue <= now)
        {
            _verifyDue = null;
            FinishVerify();
            return;
        }

        _writer.Advance(now);
        Follow();
    }

    /// <summary>The power goes: what is under way stays half done.</summary>
    public void Tear() => _writer.Tear();

    private ResultCode CurrentResult =>
        _failure != ResultCode.Ok ? _failure
        : _writer.Phase == WriterPhase.Erasing || _verifyDue is not null ? ResultCode.Busy
        : State == SessionState.Receiving && _writer.Window.HasDropped ? ResultCode.GoBack
        : ResultCode.Ok;

    private Status Poll(TimeSpan now, ResultCode otherwise) => State == SessionState.None && _failure == ResultCode.Ok
        ? Report(now, ResultCode.WrongState)
        : Report(now, CurrentResult == ResultCode.Ok ? otherwise : CurrentResult);

    /// <summary>Takes over how far the writer is.</summary>
    private void Follow()
    {
        switch (_writer.Phase)
        {
            case WriterPhase.Receiving:
                State = SessionState.Receiving;
                break;
            case WriterPhase.Complete when State is SessionState.Offered or SessionState.Receiving:
                State = SessionState.Complete;
                break;
            case WriterPhase.Erasing:
                State = SessionState.Offered;
                break;
            case WriterPhase.EraseFailed:
                End(ResultCode.EraseFailed);
                break;
            case WriterPhase.ProgramFailed:
                End(ResultCode.ProgramFailed);
                break;
            default:
                break;
        }
    }

    private void FinishVerify()
    {
        var image = _writer.Image!;
        if (_faults.BitRot)
        {
            _flash.Rot(_options.Geometry.AddressOf(image.Slot) + (image.Size / 2));
        }

        if (SlotReader.Digest(_flash, image.Slot, image.Size) != image.Digest)
        {
            _log.Save(_log.Current! with { Partial = null });
            End(ResultCode.DigestMismatch);
        }
        else if (_faults.RefusesSignature)
        {
            End(ResultCode.SignatureRefused);
        }
        else
        {
            State = SessionState.Verified;
        }
    }

    /// <summary>Ends what is under way before something else begins.</summary>
    private void Settle()
    {
        _verifyDue = null;
        _writer.Finish();
        Follow();
    }

    private void End(ResultCode failure)
    {
        _writer.Drop();
        _verifyDue = null;
        _blankBeyond = false;
        (State, _failure) = (SessionState.None, failure);
    }
}
