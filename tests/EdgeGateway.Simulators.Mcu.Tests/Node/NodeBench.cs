using System.Buffers;
using System.Buffers.Binary;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Node;
using EdgeGateway.Simulators.Mcu.Node.Boot;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>One node on the bench: frames go in and answers come out without a line between, in virtual time.</summary>
internal sealed class NodeBench
{
    public static readonly FlashGeometry Geometry = new() { SlotSize = 32 * 1024, EraseBlock = 1024, ProgramUnit = 8 };

    private readonly FrameReader _reader = new(ProtocolVersion.MaxBody);
    private byte _sequence;

    public NodeBench(McuOptions? options = null, MemoryFlashMedium? medium = null, int seed = 1, long? cutAt = null)
    {
        Options = options ?? Default;
        Medium = medium ?? new MemoryFlashMedium(Options.Geometry);
        Flash = new NorFlash(Medium, Options.Geometry, seed);
        if (medium is null)
        {
            Factory.InstallIfBlank(Flash, OldImage, "1.0.0");
        }

        Flash.CutAtOperation = Flash.Operations + cutAt;
        Mcu = new SimulatedMcu(Options, Flash, seed);
        Boot();
    }

    public static McuOptions Default { get; } = new()
    {
        Id = "mcu-01",
        SerialNumber = "SN1",
        Geometry = Geometry,
        Window = 2048,
        MaxPayload = 512,
        MaxRanges = 3,
        DigestRate = 0,
    };

    public static byte[] OldImage { get; } = Bytes(3001, seed: 100);

    public static byte[] NewImage { get; } = Bytes(10_003, seed: 200);

    public McuOptions Options { get; }

    public MemoryFlashMedium Medium { get; }

    public NorFlash Flash { get; }

    public SimulatedMcu Mcu { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    public static Offer OfferOf(byte[] image) => new()
    {
        Size = image.Length,
        Digest = Sha256Digest.Of(image),
        Vendor = "Contoso",
        Model = "MCU-A",
        Version = "2.0.0",
    };

    /// <summary>Power on, and long enough for it to come up.</summary>
    public void Boot()
    {
        Mcu.PowerOn(Now);
        Pass(Options.BootTime);
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        Mcu.Advance(Now);
    }

    /// <summary>Sends a frame; false if nothing came back within a minute.</summary>
    public bool TryAsk(FrameType type, byte[] body, out byte[] answer, byte? sequence = null, byte address = 0, bool ask = true)
    {
        Send(type, body, sequence, address, ask);
        var end = Now + TimeSpan.FromMinutes(1);
        while (true)
        {
            if (Mcu.TryTransmit(Now, out var wire))
            {
                var input = wire.Span;
                while (_reader.TryRead(ref input, out var frame))
                {
                    frame.Header.Should().Be(new FrameHeader(Options.Address, type, _sequence, Ask: false, FromNode: true));
                    answer = frame.Body.ToArray();
                    return true;
                }

                continue;
            }

            if (Mcu.NextDue is not { } due || due > end)
            {
                answer = [];
                return false;
            }

            Now = due > Now ? due : Now;
            Mcu.Advance(Now);
        }
    }

    /// <summary>Sends a frame and looks at nothing.</summary>
    public void Send(FrameType type, byte[] body, byte? sequence = null, byte address = 0, bool ask = false)
    {
        _sequence = sequence ?? (byte)(_sequence + 1);
        var wire = new ArrayBufferWriter<byte>();
        new FrameWriter().Write(wire, new FrameHeader(address, type, _sequence, ask), body);
        Mcu.Receive(wire.WrittenSpan, Now);
    }

    public Status Ask(FrameType type, params byte[] body)
    {
        TryAsk(type, body, out var answer).Should().BeTrue($"{type} is to be answered");
        Status.TryRead(answer, out var status).Should().BeTrue();
        return status;
    }

    public Info Hello()
    {
        TryAsk(FrameType.Hello, new Hello(1, 1, 0).ToBody(), out var answer).Should().BeTrue("HELLO is to be answered");
        Info.TryRead(answer, out var info).Should().BeTrue();
        return info;
    }

    public Status Offer(Offer offer)
    {
        TryAsk(FrameType.Offer, offer.ToBody(), out var answer).Should().BeTrue("OFFER is to be answered");
        Status.TryReadOfferAnswer(answer, out var status).Should().BeTrue();
        return status;
    }

    public Status Start(long offset) => Settle(Ask(FrameType.Start, Number(offset)));

    public Status Data(byte[] image, long offset, int length) =>
        Ask(FrameType.Data, [.. Number(offset), .. image.AsSpan((int)offset, (int)Math.Min(length, image.Length - offset))]);

    public Status SendAll(byte[] image, Status from)
    {
        var status = from;
        for (var turns = 0; status.Result == ResultCode.Ok && status.Next < image.Length && turns < 10_000; turns++)
        {
            var room = (int)Math.Min(Options.MaxPayload, status.Limit - status.Next);
            if (room <= 0)
            {
                Pass(TimeSpan.FromMilliseconds(status.WaitMilliseconds));
                status = Ask(FrameType.Poll);
            }
            else
            {
                status = Data(image, status.Next, room);
            }
        }

        while (status is { Result: ResultCode.Ok, Session: SessionState.Receiving })
        {
            Pass(TimeSpan.FromMilliseconds(Math.Max(1, status.WaitMilliseconds)));
            status = Ask(FrameType.Poll);
        }

        return status;
    }

    public Status Verify() => Settle(Ask(FrameType.Verify));

    public Status Activate(ushort seconds = 60) => Ask(FrameType.Activate, BitConverter.GetBytes(seconds));

    public Status Confirm(byte[] image) => Ask(FrameType.Confirm, Sha256Digest.Of(image).Bytes.ToArray());

    /// <summary>Everything up to the new image's first boot.</summary>
    public void Update(byte[] image, ushort trialSeconds = 60)
    {
        var offered = Offer(OfferOf(image));
        offered.Result.Should().Be(ResultCode.Ok);
        SendAll(image, Start(offered.Next)).Session.Should().Be(SessionState.Complete);
        Verify().Session.Should().Be(SessionState.Verified);
        Activate(trialSeconds).Session.Should().Be(SessionState.Activated);
        Pass(Options.BootTime + TimeSpan.FromMilliseconds(10));
    }

    public static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return bytes;
    }

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private Status Settle(Status status)
    {
        while (status.Result == ResultCode.Busy)
        {
            Pass(TimeSpan.FromMilliseconds(status.WaitMilliseconds));
            status = Ask(FrameType.Poll);
        }

        return status;
    }
}
