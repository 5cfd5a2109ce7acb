using System.Net.Sockets;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>
/// A client's socket under TLS that keeps the last flight of the handshake (the second write, in TLS 1.3) back until the next write, so that both go in one
/// segment.
/// </summary>
internal sealed class CoalescedHandshakeStream(Socket socket) : NetworkStream(socket, ownsSocket: false)
{
    private int _writes;
    private byte[] _held = [];

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (++_writes == 2)
        {
            _held = buffer.ToArray();
            return;
        }

        byte[] all = [.. _held, .. buffer.Span];
        _held = [];
        await base.WriteAsync(all, cancellationToken);
    }
}
