using System.Buffers.Binary;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>Runs a <see cref="TransferSender"/> on a channel: fetches the bytes it wants sent, feeds it the answers.</summary>
internal sealed class EgpTransfer(EgpChannel channel, IFirmwareImage image, IProgress<TransferProgress>? progress)
{
    private const int BatchBytes = 4096; // written at once; answers are looked at in between
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly byte[] _body = new byte[ProtocolVersion.MaxBody];

    /// <exception cref="McuException">Silent, refused, or nonsense.</exception>
    public async Task<TransferSummary> RunAsync(TransferParameters parameters, long limit, CancellationToken cancellationToken)
    {
        var started = channel.Now;
        var lineBytes = channel.LineBytes;
        var sender = new TransferSender(parameters, limit, channel.Wire, channel.Rtt, channel.Sequence.Next, started);
        try
        {
            while (sender.Outcome == TransferOutcome.Running)
            {
                await SendAsync(sender, cancellationToken);
                if (await channel.FillAsync(sender.Deadline ?? channel.Now + Soon, cancellationToken))
                {
                    Receive(sender);
                }
                else
                {
                    sender.OnTimer(channel.Now);
                }
            }
        }
        finally
        {
            channel.Sequence.Next = sender.NextSequence;
        }

        ThrowUnlessComplete(sender);
        progress?.Report(new TransferProgress(parameters.Size, parameters.Size));
        return new TransferSummary(
            parameters.StartOffset,
            parameters.Size - parameters.StartOffset,
            sender.RetransmittedBytes,
            channel.LineBytes - lineBytes,
            channel.Now - started);
    }

    private async ValueTask SendAsync(TransferSender sender, CancellationToken cancellationToken)
    {
        while (sender.TryNext(channel.Now, out var action))
        {
            var header = new FrameHeader(0, action.Type, action.Sequence, action.Ask);
            channel.Queue(header, action.Type == FrameType.Data ? DataBody(action.Range) : default);
            if (channel.Queued >= BatchBytes)
            {
                await channel.FlushAsync(cancellationToken);
            }
        }

        await channel.FlushAsync(cancellationToken);
    }

    private ReadOnlySpan<byte> DataBody(ByteRange range)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_body, (uint)range.Start);
        var payload = _body.AsSpan(sizeof(uint), (int)range.Length);
        image.Read(range.Start, payload);
        return _body.AsSpan(0, sizeof(uint) + payload.Length);
    }

    private void Receive(TransferSender sender)
    {
        var before = sender.Acknowledged;
        while (channel.TryRead(out var frame))
        {
            if (frame.Header.Type is not (FrameType.Data or FrameType.Poll))
            {
                continue; // the late answer to an earlier command
            }

            if (!Status.TryRead(frame.Body, out var status))
            {
                throw new McuException(McuFailure.ProtocolViolation, $"A status of {frame.Body.Length} bytes from {channel.Node} makes no sense.");
            }

            sender.OnStatus(frame.Header.Sequence, status, channel.Now);
        }

        if (sender.Acknowledged > before)
        {
            progress?.Report(new TransferProgress(sender.Acknowledged, image.Size));
        }
    }

    private void ThrowUnlessComplete(TransferSender sender)
    {
        var at = $"at {sender.Acknowledged} of {image.Size} bytes";
        switch (sender.Outcome)
        {
            case TransferOutcome.Complete:
                return;
            case TransferOutcome.Silent:
                throw new McuException(McuFailure.Silent, $"No answer from {channel.Node} any more, {at}.");
            case TransferOutcome.Refused:
                throw EgpRefusal.ToException(sender.Refusal, channel.Node, at);
            default:
                throw new McuException(McuFailure.ProtocolViolation, $"{channel.Node} acknowledged what was never sent, {at}.");
        }
    }
}
