using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Flash.Metadata;

namespace EdgeGateway.Simulators.Mcu.Node.Update;

/// <summary>Brings an image from the receive memory into its slot, one timed flash operation after the other, and journals how far it came.</summary>
internal sealed class SlotWriter
{
    private const int ProgressStep = 4096;
    private const int PageWhenTimed = 256;
    private const int PageWhenInstant = 1024;

    private readonly McuOptions _options;
    private readonly McuFaults _faults;
    private readonly NorFlash _flash;
    private readonly MetadataLog _log;
    private readonly int _page;
    private readonly int _progressStep;

    private FlashWork? _work;
    private long _eraseNext;

    public SlotWriter(McuOptions options, McuFaults faults, NorFlash flash, MetadataLog log)
    {
        (_options, _faults, _flash, _log) = (options, faults, flash, log);
        Window = new ReceiveWindow(options.Window, options.MaxRanges);
        var unit = options.Geometry.ProgramUnit;
        var page = Math.Min(options.Window, options.ProgramTime == TimeSpan.Zero ? PageWhenInstant : PageWhenTimed);
        _page = Math.Max(page / unit * unit, unit);
        _progressStep = RoundUp(ProgressStep, options.Geometry.EraseBlock);
    }

    public WriterPhase Phase { get; private set; }

    public ReceiveWindow Window { get; }

    /// <summary>The image under way; null if there is none.</summary>
    public PartialImage? Image { get; private set; }

    /// <summary>When the operation under way ends; null if none is.</summary>
    public TimeSpan? NextDue => _work?.Due;

    /// <summary>When the phase is expected to go on: the end of all erasing, or of one page.</summary>
    public TimeSpan? ReadyAt => Phase == WriterPhase.Erasing && _work is not null
        ? _work.Due + (_options.EraseTime * Math.Max(0, RoundUp((int)(Image!.Size - _eraseNext), _options.Geometry.EraseBlock) / _options.Geometry.EraseBlock))
        : NextDue;

    /// <summary>An image is announced; nothing is touched.</summary>
    public void Announce(PartialImage image)
    {
        (Image, Phase) = (image, WriterPhase.Idle);
        Window.Reset(image.Committed, image.Size);
    }

    /// <summary>Journals the image, then erases the slot from <paramref name="offset"/> and receives.</summary>
    public void EraseFrom(long offset, TimeSpan now)
    {
        var image = Image!;
        var state = _log.Current ?? new NodeState { Active = image.Slot.Other() };
        Image = image with { Committed = (int)offset };
        _log.Save(state.WithImage(image.Slot, null) with { Partial = Image });
        Window.Reset(offset, image.Size);
        (Phase, _eraseNext) = (WriterPhase.Erasing, offset);
        EraseNext(now);
        Advance(now);
    }

    /// <summary>Receives from what is programmed, knowing that the flash beyond is blank.</summary>
    public void GoOn(TimeSpan now)
    {
        Window.Reset(Window.Programmed, Window.Size);
        Phase = WriterPhase.Receiving;
        ProgramNext(now);
    }

    public void Accept(long offset, ReadOnlySpan<byte> data, TimeSpan now)
    {
        Window.Accept(offset, data);
        ProgramNext(now);
    }

    /// <summary>Ends what is due and starts what follows it.</summary>
    public void Advance(TimeSpan now)
    {
        while (_work is { } work && work.Due <= now)
        {
            Complete(work);
            if (Phase == WriterPhase.Erasing)
            {
                EraseNext(work.Due);
            }
            else
            {
                ProgramNext(work.Due);
            }
        }
    }

    /// <summary>A flash operation cannot be called back: it ends before anything else begins.</summary>
    public void Finish()
    {
        if (_work is { } work)
        {
            Complete(work);
        }
    }

    /// <summary>The power goes: what is under way stays half done.</summary>
    public void Tear() => _work?.Tear(_flash);

    /// <summary>Forgets the image; the journal keeps it.</summary>
    public void Drop()
    {
        (Image, Phase) = (null, WriterPhase.Idle);
        Window.Reset(0, 0);
    }

    private static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;

    private void EraseNext(TimeSpan now)
    {
        if (_eraseNext < Image!.Size)
        {
            _work = new FlashWork(_options.Geometry.AddressOf(Image.Slot) + _eraseNext, [], now + _options.EraseTime);
            _eraseNext += _options.Geometry.EraseBlock;
            return;
        }

        Phase = WriterPhase.Receiving;
        ProgramNext(now);
    }

    /// <summary>Programs whole units of what has arrived in order, a page at most; at the end of the image the last unit is filled up.</summary>
    private void ProgramNext(TimeSpan now)
    {
        while (Phase == WriterPhase.Receiving && _work is null)
        {
            if (Window.Programmed == Window.Size)
            {
                Phase = WriterPhase.Complete;
                return;
            }

            var unit = _options.Geometry.ProgramUnit;
            var ready = (int)Math.Min(Window.Next - Window.Programmed, _page);
            if (Window.Programmed + ready < Window.Size)
            {
                ready -= ready % unit;
            }

            if (ready == 0)
            {
                return;
            }

            var data = new byte[RoundUp(ready, unit)];
            data.AsSpan().Fill(0xFF);
            Window.Read(Window.Programmed, data.AsSpan(0, ready));
            var address = _options.Geometry.AddressOf(Image!.Slot) + Window.Programmed;
            _work = new FlashWork(address, data, now + (_options.ProgramTime * (data.Length / unit)));
            if (_work.Due <= now)
            {
                Complete(_work);
            }
        }
    }

    private void Complete(FlashWork work)
    {
        ApplyFaults(work);
        _work = null;
        if (!work.Complete(_flash))
        {
            Phase = work.IsErase ? WriterPhase.EraseFailed : WriterPhase.ProgramFailed;
        }
        else if (!work.IsErase)
        {
            Window.Release((int)Math.Min(work.Data.Length, Window.Size - Window.Programmed));
            Journal();
        }
    }

    private void Journal()
    {
        var committed = Window.Programmed == Window.Size ? Window.Size : Window.Programmed / _progressStep * _progressStep;
        if (committed > Image!.Committed)
        {
            Image = Image with { Committed = (int)committed };
            _log.SaveProgress((int)committed);
        }
    }

    private void ApplyFaults(FlashWork work)
    {
        var slot = _options.Geometry.AddressOf(Image!.Slot);
        _flash.BrokenCell = _faults.ProgramFailsAt + slot;
        _flash.StuckBlock = _faults.EraseFailsAt + slot;
        if (!work.IsErase && _faults.CutAtOffset + slot is { } cut && cut >= work.Address && cut < work.Address + work.Data.Length)
        {
            _faults.CutAtOffset = null;
            _flash.CutAtOperation = _flash.Operations + 1;
        }
    }
}
