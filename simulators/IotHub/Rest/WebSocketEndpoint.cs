using System.IO.Pipelines;
using System.Net.WebSockets;
using EdgeGateway.Simulators.IotHub.Mqtt;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Serves MQTT over WebSockets at <c>wss://host/$iothub/websocket</c> with the subprotocol <c>mqtt</c>, as IoT Hub and edgeHub do on port 443.</summary>
internal static class WebSocketEndpoint
{
    public const string Path = "/$iothub/websocket";
    private const string SubProtocol = "mqtt";

    public static void Map(WebApplication application)
    {
        application.UseWebSockets();
        var handler = ActivatorUtilities.CreateInstance<MqttConnectionHandler>(application.Services);
        application.Map(Path, (RequestDelegate)(context => HandleAsync(context, handler)));
    }

    private static async Task HandleAsync(HttpContext context, MqttConnectionHandler handler)
    {
        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"A WebSocket with subprotocol '{SubProtocol}' is expected here.");
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(SubProtocol);
        var remote = $"{context.Connection.RemoteIpAddress}:{context.Connection.RemotePort}";
        await using var pipe = new WebSocketPipe(socket);
        if (!await handler.RunAsync(pipe, remote, context.RequestAborted))
        {
            socket.Abort();
            context.Abort();
        }
    }
}

/// <summary>Presents a WebSocket as a pair of pipes: MQTT packets need not begin and end with its messages.</summary>
internal sealed class WebSocketPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly WebSocketStream _stream;

    public WebSocketPipe(WebSocket socket)
    {
        _stream = WebSocketStream.Create(socket, WebSocketMessageType.Binary, closeTimeout: TimeSpan.FromSeconds(2));
        Input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Closes the WebSocket in order.</summary>
    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        await _stream.DisposeAsync();
    }
}
