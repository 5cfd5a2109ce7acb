using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Serial.Drivers.Egp;

/// <summary>Finds out who a node is, and whether it is alone at its address (wire-protocol.md 4.1).</summary>
internal sealed class EgpIdentification(EgpChannel channel)
{
    private const int Attempts = 4;
    private const byte ConflictSpread = 8;

    private static readonly TimeSpan SecondAnswer = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan SpreadWithoutRate = TimeSpan.FromSeconds(2);

    public async Task<Info> RunAsync(CancellationToken cancellationToken)
    {
        EgpAnswer answer;
        try
        {
            answer = await channel.AskAsync(FrameType.Hello, Hello(spread: 0), Attempts, cancellationToken);
        }
        catch (McuException exception) when (exception.Failure == McuFailure.Garbled && channel.HalfDuplex)
        {
            if (Only(await SpreadAsync(cancellationToken)) is { } info)
            {
                return info;
            }

            throw;
        }

        var infos = new List<Info> { Read(answer) };
        if (channel.HalfDuplex)
        {
            var others = await channel.AllAnswersAsync(Question(answer), channel.Now + SecondAnswer, cancellationToken);
            infos.AddRange(others.Select(Read));
        }

        return Only(infos)!;
    }

    /// <summary>Lets nodes that talk over each other answer one after the other.</summary>
    private async Task<List<Info>> SpreadAsync(CancellationToken cancellationToken)
    {
        var slots = channel.Wire.TimeOf(ConflictSpread * Protocol.Messages.Hello.SlotCharacters);
        var time = (slots > TimeSpan.Zero ? slots : SpreadWithoutRate) + EgpChannel.CommandFloor;
        var answers = await channel.AskAllAsync(FrameType.Hello, Hello(ConflictSpread), time, cancellationToken);
        return [.. answers.Select(Read)];
    }

    private Info? Only(List<Info> infos)
    {
        var serialNumbers = infos.Select(info => info.SerialNumber).Distinct().ToList();
        if (serialNumbers.Count > 1)
        {
            throw new McuException(
                McuFailure.AddressConflict,
                $"{serialNumbers.Count} microcontrollers answer at {channel.Node}: serial numbers {string.Join(", ", serialNumbers)}.");
        }

        return infos.FirstOrDefault();
    }

    private Info Read(EgpAnswer answer)
    {
        if (answer.Body is [ProtocolVersion.None, ..])
        {
            throw new McuException(
                McuFailure.NotSupported,
                $"{channel.Node} speaks no protocol version from {ProtocolVersion.Oldest} to {ProtocolVersion.Newest}.");
        }

        return Info.TryRead(answer.Body, out var info)
            ? info
            : throw new McuException(McuFailure.ProtocolViolation, $"What {channel.Node} says of itself makes no sense.");
    }

    private static FrameHeader Question(EgpAnswer answer) => answer.Header with { FromNode = false };

    private static byte[] Hello(byte spread) => new Hello(ProtocolVersion.Oldest, ProtocolVersion.Newest, spread).ToBody();
}
