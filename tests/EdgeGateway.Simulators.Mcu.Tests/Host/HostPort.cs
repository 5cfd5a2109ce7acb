using System.Buffers;
using System.Net.Sockets;
using EdgeGateway.Serial.Protocol;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Simulators.Mcu.Tests.Host;

/// <summary>A host that opens a port of a fleet and asks one question at a time.</summary>
internal sealed class HostPort : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Stream _stream;
    private readonly FrameReader _reader = new(ProtocolVersion.MaxBody);
    private readonly byte[] _buffer = new byte[4096];
    private byte _sequence;

    public HostPort(string port)
    {
        if (port.StartsWith("tcp://", StringComparison.Ordinal))
        {
            var address = new Uri(port);
            _stream = new TcpClient(address.Host, address.Port).GetStream();
        }
        else
        {
            _stream = new FileStream(port, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
    }

    /// <summary>Asks until an answer comes: a node that boots does not hear.</summary>
    public async Task<Info> HelloAsync(byte address = 0)
    {
        var body = await AskAsync(FrameType.Hello, new Hello(1, 1, 0).ToBody(), address).WaitAsync(Patience);
        Info.TryRead(body, out var info).Should().BeTrue();
        return info;
    }

    /// <summary>Reads until the other end is gone.</summary>
    public async Task HangUpAsync()
    {
        try
        {
            while (await _stream.ReadAsync(_buffer).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            // a pseudo-terminal whose master is gone answers with an error
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> AskAsync(FrameType type, byte[] body, byte address)
    {
        var wire = new ArrayBufferWriter<byte>();
        new FrameWriter().Write(wire, new FrameHeader(address, type, ++_sequence, Ask: true), body);
        await _stream.WriteAsync(wire.WrittenMemory);
        while (true)
        {
            var count = await _stream.ReadAsync(_buffer);
            if (count == 0)
            {
                throw new EndOfStreamException("The line was unplugged before an answer came.");
            }

            if (Answer(_buffer.AsSpan(0, count)) is { } answer)
            {
                return answer;
            }
        }
    }

    private byte[]? Answer(ReadOnlySpan<byte> heard) =>
        _reader.TryRead(ref heard, out var frame) && frame.Header.FromNode ? frame.Body.ToArray() : null;
}
