using System.Buffers.Binary;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>Drives a microcontroller that speaks the gateway's own protocol: docs/wire-protocol.md section 5.</summary>
public sealed partial class EgpDriver : IMcuDriver
{
    private const int CommandAttempts = 5;
    private const int PingAttempts = 3;
    private const int PrefixChunk = 16 * 1024;

    /// <summary>Longest a command may keep a node busy: a whole large flash is erased in less.</summary>
    private static readonly TimeSpan LongestBusy = TimeSpan.FromMinutes(3);

    private readonly EgpChannel _channel;
    private readonly ILogger<EgpDriver> _logger;
    private Info? _info;

    internal EgpDriver(EgpChannel channel, ILogger<EgpDriver> logger)
    {
        _channel = channel;
        _logger = logger;
    }

    public async Task<McuFacts> IdentifyAsync(CancellationToken cancellationToken)
    {
        _info = await new EgpIdentification(_channel).RunAsync(cancellationToken);
        LogIdentified(_channel.Node, _info.Vendor, _info.Model, _info.SerialNumber, _info.RunningVersion, _info.BootState);
        return new McuFacts
        {
            Vendor = _info.Vendor,
            Model = _info.Model,
            HardwareRevision = _info.HardwareRevision,
            SerialNumber = _info.SerialNumber,
            RunningVersion = _info.RunningVersion,
            RunningDigest = _info.RunningDigest,
            BootState = _info.BootState,
            SlotSize = _info.SlotSize,
            EraseBlock = (int)_info.EraseBlock,
            ProgramUnit = _info.ProgramUnit,
            BootTime = _info.BootTime,
            CanRollBack = _info.CanRollBack,
        };
    }

    public async Task<Heartbeat> PingAsync(CancellationToken cancellationToken)
    {
        var answer = await _channel.AskAsync(FrameType.Ping, default, PingAttempts, cancellationToken);
        return HeartbeatBody.TryRead(answer.Body, out var body)
            ? new Heartbeat(TimeSpan.FromSeconds(body.UptimeSeconds), body.BootState, body.BootCount)
            : throw Nonsense(FrameType.Ping);
    }

    public async Task<long> OfferAsync(IFirmwareImage image, FirmwareTarget target, CancellationToken cancellationToken)
    {
        var offer = new Offer
        {
            Size = image.Size,
            Digest = image.Digest,
            Vendor = target.Vendor,
            Model = target.Model,
            Version = target.Version,
        };
        var answer = await _channel.AskAsync(FrameType.Offer, offer.ToBody(), CommandAttempts, cancellationToken);
        if (!Status.TryReadOfferAnswer(answer.Body, out var status))
        {
            throw Nonsense(FrameType.Offer);
        }

        ThrowIfRefused(status, FrameType.Offer);
        if (status.Next == 0 || status.Next > image.Size || status.PrefixCrc is not { } crc)
        {
            return 0;
        }

        if (PrefixCrc(image, status.Next) != crc)
        {
            LogForeignPrefix(_channel.Node, status.Next);
            return 0;
        }

        LogResumes(_channel.Node, status.Next, image.Size);
        return status.Next;
    }

    public async Task<TransferSummary> TransferAsync(
        IFirmwareImage image, long offset, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        if (_info is null)
        {
            await IdentifyAsync(cancellationToken);
        }

        var body = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(body, (uint)offset);
        var status = await CommandAsync(FrameType.Start, body, cancellationToken);
        var parameters = new TransferParameters
        {
            Size = image.Size,
            StartOffset = offset,
            MaxPayload = _info!.MaxPayload,
            Window = _info.Window,
            HalfDuplex = _channel.HalfDuplex || _info.HalfDuplex,
            BytesPerSecond = _channel.Wire.BytesPerSecond,
        };
        var summary = await new EgpTransfer(_channel, image, progress).RunAsync(parameters, status.Limit, cancellationToken);
        LogTransferred(_channel.Node, summary.PayloadBytes, summary.Duration.TotalSeconds, summary.RetransmittedBytes, summary.LineBytes);
        return summary;
    }

    public async Task VerifyAsync(CancellationToken cancellationToken) =>
        await CommandAsync(FrameType.Verify, default, cancellationToken);

    public async Task ActivateAsync(TimeSpan trial, CancellationToken cancellationToken)
    {
        var body = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)Math.Clamp(trial.TotalSeconds, 1, ushort.MaxValue));
        EgpAnswer answer;
        try
        {
            answer = await _channel.AskAsync(FrameType.Activate, body, CommandAttempts, cancellationToken);
        }
        catch (McuException exception) when (exception.Failure is McuFailure.Silent or McuFailure.Garbled)
        {
            LogActivationUnanswered(_channel.Node);
            return; // it may well be booting: the caller identifies it to know
        }

        var status = ReadStatus(answer, FrameType.Activate);
        if (status.Result == ResultCode.WrongState && answer.Attempts > 1)
        {
            LogActivationUnanswered(_channel.Node);
            return; // the first order was taken and its answer lost
        }

        ThrowIfRefused(status, FrameType.Activate);
    }

    public async Task ConfirmAsync(Sha256Digest digest, CancellationToken cancellationToken) =>
        await CommandAsync(FrameType.Confirm, digest.Bytes.ToArray(), cancellationToken);

    public async Task RollBackAsync(CancellationToken cancellationToken) =>
        await CommandAsync(FrameType.RollBack, default, cancellationToken);

    public async Task AbortAsync(CancellationToken cancellationToken) =>
        await CommandAsync(FrameType.Abort, default, cancellationToken);

    /// <remarks>The boot count in the order makes a repeat harmless (wire-protocol.md 5.8).</remarks>
    public async Task RebootAsync(CancellationToken cancellationToken)
    {
        var heartbeat = await PingAsync(cancellationToken);
        var body = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(body, (uint)heartbeat.BootCount);
        Status status;
        try
        {
            status = ReadStatus(await _channel.AskAsync(FrameType.Reset, body, CommandAttempts, cancellationToken), FrameType.Reset);
        }
        catch (McuException exception) when (exception.Failure is McuFailure.Silent or McuFailure.Garbled)
        {
            LogResetUnanswered(_channel.Node);
            return; // it answered a moment ago: it is booting
        }

        if (status.Result == ResultCode.WrongState)
        {
            throw new McuException(McuFailure.Refused, $"{_channel.Node} refused {FrameType.Reset}: its image is on trial and would be lost.");
        }

        ThrowIfRefused(status, FrameType.Reset);
    }

    public async Task IndicateAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var body = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)Math.Clamp(Math.Ceiling(time.TotalSeconds), 0, ushort.MaxValue));
        await CommandAsync(FrameType.Identify, body, cancellationToken);
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    /// <summary>Sends a command and asks on while the node is busy with it.</summary>
    private async Task<Status> CommandAsync(FrameType type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var started = _channel.Now;
        var status = ReadStatus(await _channel.AskAsync(type, body, CommandAttempts, cancellationToken), type);
        while (status.Result == ResultCode.Busy)
        {
            if (_channel.Now - started > LongestBusy)
            {
                throw new McuException(McuFailure.FlashFailed, $"{_channel.Node} has been busy with {type} for {LongestBusy.TotalSeconds:0} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, status.WaitMilliseconds)), _channel.Time, cancellationToken);
            status = ReadStatus(await _channel.AskAsync(FrameType.Poll, default, CommandAttempts, cancellationToken), FrameType.Poll);
        }

        ThrowIfRefused(status, type);
        return status;
    }

    private Status ReadStatus(EgpAnswer answer, FrameType type) =>
        Status.TryRead(answer.Body, out var status) ? status : throw Nonsense(type);

    private void ThrowIfRefused(Status status, FrameType type)
    {
        if (status.Result != ResultCode.Ok)
        {
            throw EgpRefusal.ToException(status.Result, _channel.Node, type.ToString());
        }
    }

    private static uint PrefixCrc(IFirmwareImage image, long length)
    {
        var crc = Crc32C.Empty;
        var chunk = new byte[PrefixChunk];
        for (long offset = 0; offset < length; offset += chunk.Length)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, length - offset));
            image.Read(offset, part);
            crc = Crc32C.Append(crc, part);
        }

        return crc;
    }

    private McuException Nonsense(FrameType type) =>
        new(McuFailure.ProtocolViolation, $"The answer of {_channel.Node} to {type} makes no sense.");

    [LoggerMessage(1100, LogLevel.Debug, "{Node} is {Vendor} {Model}, serial number {SerialNumber}, runs {Version} ({BootState})")]
    private partial void LogIdentified(string node, string vendor, string model, string serialNumber, string version, BootState bootState);

    [LoggerMessage(1101, LogLevel.Information, "{Node} already holds {Offset} of {Size} bytes: the transfer resumes there")]
    private partial void LogResumes(string node, long offset, long size);

    [LoggerMessage(1102, LogLevel.Warning, "Node reports bytes of another image; the transfer starts at offset 0. Node={Node} Offset={Offset}")]
    private partial void LogForeignPrefix(string node, long offset);

    [LoggerMessage(1103, LogLevel.Debug, "{Node} took {Bytes} bytes in {Seconds:0.000} s; {Retransmitted} bytes were sent again, {LineBytes} bytes went over the line")]
    private partial void LogTransferred(string node, long bytes, double seconds, long retransmitted, long lineBytes);

    [LoggerMessage(1104, LogLevel.Information, "{Node} did not answer the order to activate; it may be booting already")]
    private partial void LogActivationUnanswered(string node);

    [LoggerMessage(1105, LogLevel.Information, "{Node} did not answer the order to reset; it may be booting already")]
    private partial void LogResetUnanswered(string node);
}
