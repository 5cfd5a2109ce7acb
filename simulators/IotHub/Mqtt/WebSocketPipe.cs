using System.IO.Pipelines;
using System.Net.WebSockets;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>A WebSocket as a pair of pipes: MQTT packets may lie across its messages as they like.</summary>
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
