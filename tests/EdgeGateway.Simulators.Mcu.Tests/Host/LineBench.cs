using System.Buffers;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Lines;
using EdgeGateway.Simulators.Mcu.Node;
using EdgeGateway.Simulators.Mcu.Node.Boot;
using EdgeGateway.Simulators.Mcu.Tests.Node;

namespace EdgeGateway.Simulators.Mcu.Tests.Host;

/// <summary>A line with nodes on it, in virtual time, and the host's end of it.</summary>
internal sealed class LineBench
{
    private readonly FrameReader _reader = new(ProtocolVersion.MaxBody);
    private byte _sequence;

    public LineBench(McuLineOptions options, params (byte Address, string Serial)[] nodes)
    {
        Line = new McuLine(options, [.. nodes.Select(node => Node(options, node.Address, node.Serial))], seed: 1);
        Pass(TimeSpan.FromSeconds(1));
    }

    public McuLine Line { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Bytes the host has received since it looked last.</summary>
    public List<byte> Heard { get; } = [];

    public void Ask(FrameType type, byte[] body, byte address)
    {
        var wire = new ArrayBufferWriter<byte>();
        new FrameWriter().Write(wire, new FrameHeader(address, type, ++_sequence, Ask: true), body);
        Line.Write(wire.WrittenSpan, Now);
    }

    public void Pass(TimeSpan time)
    {
        Now += time;
        Line.Advance(Now);
        var buffer = new byte[256];
        for (var count = Line.Read(buffer, Now); count > 0; count = Line.Read(buffer, Now))
        {
            Heard.AddRange(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Whole frames among what was heard.</summary>
    public List<FrameHeader> Frames()
    {
        ReadOnlySpan<byte> input = Heard.ToArray();
        Heard.Clear();
        var headers = new List<FrameHeader>();
        while (_reader.TryRead(ref input, out var frame))
        {
            headers.Add(frame.Header);
        }

        return headers;
    }

    private static SimulatedMcu Node(McuLineOptions options, byte address, string serial)
    {
        var flash = new NorFlash(new MemoryFlashMedium(NodeBench.Geometry), NodeBench.Geometry, seed: 1);
        Factory.InstallIfBlank(flash, NodeBench.OldImage, "1.0.0");
        var mcu = new SimulatedMcu(
            NodeBench.Default with
            {
                Id = serial,
                SerialNumber = serial,
                Address = address,
                HalfDuplex = options.HalfDuplex,
                CharacterTime = options.Line.CharacterTime,
            },
            flash,
            seed: address);
        mcu.PowerOn(TimeSpan.Zero);
        return mcu;
    }
}
