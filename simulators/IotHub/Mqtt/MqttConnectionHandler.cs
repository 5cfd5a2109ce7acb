using System.IO.Pipelines;
using System.Net.WebSockets;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Sessions;
using Microsoft.AspNetCore.Connections;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Serves MQTT connections of Kestrel and of WebSockets: reads CONNECT, authenticates the client and runs a session.</summary>
internal sealed partial class MqttConnectionHandler(
    HubState hub, IotHubSimulatorOptions options, ILogger<MqttConnectionHandler> logger) : ConnectionHandler
{
    private readonly ClientAuthenticator _authenticator = new(hub);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var remote = connection.RemoteEndPoint?.ToString() ?? "unknown";
        if (!await RunAsync(connection.Transport, remote, connection.ConnectionClosed))
        {
            connection.Abort();
        }
    }

    /// <summary>Serves one connection to its end.</summary>
    /// <returns>True where it ended in order: the last packets should still arrive.</returns>
    public async Task<bool> RunAsync(IDuplexPipe transport, string remote, CancellationToken connectionClosed)
    {
        var connect = await ReadConnectAsync(transport, remote, connectionClosed);
        if (connect is null)
        {
            return false;
        }

        var verdict = await _authenticator.AuthenticateAsync(connect, connectionClosed);
        if (verdict.Identity is null)
        {
            LogRefused(connect.ClientId, remote, verdict.Code, verdict.Reason);
            MqttWriter.Write(transport.Output, new ConnAckPacket(false, verdict.Code));
            await transport.Output.FlushAsync(connectionClosed);
            return true;
        }

        LogConnected(connect.ClientId, remote);
        using var session = new MqttSession(hub, verdict, connect, transport, remote);
        var end = await session.RunAsync();
        LogEnded(connect.ClientId, remote, end, session.EndDetail);
        return end is SessionEnd.Disconnected or SessionEnd.TooManyClients;
    }

    /// <summary>Recognizes what a connection throws when the other side has gone, for TCP and for WebSockets.</summary>
    internal static bool IsConnectionLoss(Exception e) => e is IOException or WebSocketException or ObjectDisposedException;

    private async Task<ConnectPacket?> ReadConnectAsync(IDuplexPipe transport, string remote, CancellationToken connectionClosed)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, hub.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connectionClosed);
        try
        {
            return await ReadFirstAsync(transport.Input, either.Token);
        }
        catch (MqttProtocolException e)
        {
            LogBadConnect(remote, e.Message);
        }
        catch (OperationCanceledException)
        {
            LogBadConnect(remote, "no CONNECT packet came in time");
        }
        catch (Exception e) when (IsConnectionLoss(e))
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

    [LoggerMessage(6000, LogLevel.Information, "Client connected. ClientId={ClientId} Remote={Remote}")]
    private partial void LogConnected(string clientId, string remote);

    [LoggerMessage(6001, LogLevel.Warning, "Client refused. ClientId={ClientId} Remote={Remote} Code={Code} Reason={Reason}")]
    private partial void LogRefused(string clientId, string remote, ConnectReturnCode code, string reason);

    [LoggerMessage(6002, LogLevel.Information, "Session ended. ClientId={ClientId} Remote={Remote} End={End} Detail={Detail}")]
    private partial void LogEnded(string clientId, string remote, SessionEnd end, string detail);

    [LoggerMessage(6003, LogLevel.Warning, "Connection closed before a session began. Remote={Remote} Reason={Reason}")]
    private partial void LogBadConnect(string remote, string reason);
}
