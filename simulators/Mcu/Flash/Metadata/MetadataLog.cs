using System.Buffers.Binary;

namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>
/// Keeps a node's state through any loss of power: records are appended to one of two banks and decided by their last unit. A full bank, or one
/// with a torn record at its end, is left as it is while the state goes to the other bank, so there is always one good record.
/// </summary>
public sealed class MetadataLog
{
    private readonly NorFlash _flash;
    private readonly int _unit;
    private int _bank;
    private int _end;
    private uint _sequence;

    public MetadataLog(NorFlash flash)
    {
        _flash = flash;
        _unit = flash.Geometry.ProgramUnit;
        Current = Load();
    }

    /// <summary>The last state that was decided; null on blank flash.</summary>
    public NodeState? Current { get; private set; }

    /// <summary>Makes <paramref name="state"/> the one that is found after the next loss of power.</summary>
    /// <exception cref="InvalidDataException">Neither bank holds what was written: the flash is broken.</exception>
    public void Save(NodeState state)
    {
        Append(MetadataRecordKind.State, NodeStateCodec.Encode(state), state);
        Current = state;
    }

    /// <summary>Counts bytes of the partial image as committed: a short record.</summary>
    public void SaveProgress(int committed)
    {
        var state = Current is { Partial: { } partial }
            ? Current with { Partial = partial with { Committed = committed } }
            : throw new InvalidOperationException("There is no partial image whose progress could be kept.");
        var payload = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(payload, committed);
        Append(MetadataRecordKind.Progress, payload, state);
        Current = state;
    }

    private void Append(MetadataRecordKind kind, byte[] payload, NodeState whole)
    {
        if (Current is not null && _end + MetadataRecord.LengthInFlash(payload.Length, _unit) <= _flash.Geometry.MetadataBank
            && TryWrite(new MetadataRecord(kind, _sequence + 1, payload)))
        {
            return;
        }

        MoveToOtherBank(whole);
    }

    private void MoveToOtherBank(NodeState state)
    {
        _bank = 1 - _bank;
        _end = 0;
        var start = _flash.Geometry.AddressOfBank(_bank);
        for (var block = 0; block < _flash.Geometry.MetadataBank; block += _flash.Geometry.EraseBlock)
        {
            _flash.Erase(start + block);
        }

        if (!TryWrite(new MetadataRecord(MetadataRecordKind.State, _sequence + 1, NodeStateCodec.Encode(state))))
        {
            throw new InvalidDataException($"Metadata bank {_bank} does not hold what was written to it.");
        }
    }

    private bool TryWrite(MetadataRecord record)
    {
        var body = record.ToBody(_unit);
        var address = _flash.Geometry.AddressOfBank(_bank) + _end;
        _flash.Program(address, body);
        var found = new byte[body.Length];
        _flash.Read(address, found);
        if (!found.AsSpan().SequenceEqual(body))
        {
            return false;
        }

        _flash.Program(address + body.Length, new byte[_unit]);
        _end += body.Length + _unit;
        _sequence = record.Sequence;
        return true;
    }

    private NodeState? Load()
    {
        NodeState? newest = null;
        var bytes = new byte[_flash.Geometry.MetadataBank];
        for (var bank = 0; bank < 2; bank++)
        {
            _flash.Read(_flash.Geometry.AddressOfBank(bank), bytes);
            var (state, sequence, end) = Scan(bytes);
            if (state is not null && (newest is null || sequence > _sequence))
            {
                (newest, _bank, _sequence, _end) = (state, bank, sequence, end);
            }
        }

        return newest;
    }

    /// <summary>The last state in a bank, and where the next record may go: beyond the bank if what follows is not blank.</summary>
    private (NodeState? State, uint Sequence, int End) Scan(ReadOnlySpan<byte> bank)
    {
        NodeState? state = null;
        var sequence = 0u;
        var end = 0;
        while (MetadataRecord.TryRead(bank[end..], _unit, out var record, out var length))
        {
            state = record.Kind == MetadataRecordKind.State
                ? NodeStateCodec.Decode(record.Payload)
                : state is { Partial: { } partial }
                    ? state with { Partial = partial with { Committed = BinaryPrimitives.ReadInt32LittleEndian(record.Payload) } }
                    : state;
            sequence = record.Sequence;
            end += length;
        }

        var blank = bank[end..].IndexOfAnyExcept((byte)0xFF) < 0;
        return (state, sequence, blank ? end : bank.Length);
    }
}
