using System.IO.Pipelines;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Sessions;
using Microsoft.AspNetCore.Connections;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Takes MQTT connections from Kestrel: reads CONNECT, checks it, and runs a session.</summary>
internal sealed partial class MqttConnectionHandler(
    HubState hub, IotHubSimulatorOptions options, ILogger<MqttConnectionHandler> logger) : ConnectionHandler
{
    private readonly ClientAuthenticator _authenticator = new(hub);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var remote = connection.RemoteEndPoint?.ToString() ?? "unknown";
        var connect = await ReadConnectAsync(connection, remote);
        if (connect is null)
        {
            connection.Abort();
            return;
        }

        var verdict = _authenticator.Authenticate(connect);
        if (verdict.Identity is null)
        {
            LogRefused(connect.ClientId, remote, verdict.Code, verdict.Reason);
            MqttWriter.Write(connection.Transport.Output, new ConnAckPacket(false, verdict.Code));
            await connection.Transport.Output.FlushAsync();
            return; // Kestrel closes the connection after what was written has gone
        }

        LogConnected(connect.ClientId, remote);
        using var session = new MqttSession(hub, verdict, connect, connection.Transport, remote);
        var end = await session.RunAsync();
        LogEnded(connect.ClientId, remote, end, session.EndDetail);
        if (end != SessionEnd.Disconnected)
        {
            connection.Abort();
        }
    }

    private async Task<ConnectPacket?> ReadConnectAsync(ConnectionContext connection, string remote)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, hub.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connection.ConnectionClosed);
        try
        {
            return await ReadFirstAsync(connection.Transport.Input, either.Token);
        }
        catch (MqttProtocolException e)
        {
            LogBadConnect(remote, e.Message);
        }
        catch (OperationCanceledException)
        {
            LogBadConnect(remote, "no CONNECT packet came in time");
        }
        catch (IOException e)
        {
            LogBadConnect(remote, e.Message);
        }

        return null;
    }

    private static async Task<ConnectPacket?> ReadFirstAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var complete = MqttReader.TryRead(ref buffer, MqttSession.MaxPacketBytes, out var packet);
            input.AdvanceTo(buffer.Start, complete ? buffer.Start : buffer.End);
            if (complete)
            {
                return packet as ConnectPacket
                    ?? throw new MqttProtocolException($"The first packet was {packet!.GetType().Name}, not CONNECT.");
            }

            if (result.IsCompleted)
            {
                return null;
            }
        }
    }
}
