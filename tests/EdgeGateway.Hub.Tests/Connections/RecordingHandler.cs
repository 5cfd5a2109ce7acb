using System.Threading.Channels;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Tests.Connections;

/// <summary>Keeps what the connection delivers, for the test to take.</summary>
internal sealed class RecordingHandler : IMessageHandler
{
    private readonly Channel<TwinDocument> _twins = Channel.CreateUnbounded<TwinDocument>();
    private readonly Channel<DeviceMessage> _messages = Channel.CreateUnbounded<DeviceMessage>();
    private readonly Channel<ConnectionStatus> _statuses = Channel.CreateUnbounded<ConnectionStatus>();

    public Func<MethodRequest, CancellationToken, ValueTask<MethodResponse>> Method { get; set; } =
        (_, _) => ValueTask.FromResult(new MethodResponse(200));

    public Func<CancellationToken, ValueTask> OnMessage { get; set; } = _ => ValueTask.CompletedTask;

    public Func<TwinDocument, ValueTask> OnTwin { get; set; } = _ => ValueTask.CompletedTask;

    public int TwinsWaiting => _twins.Reader.Count;

    public Task<TwinDocument> NextTwinAsync() => _twins.Reader.ReadAsync().AsTask().WaitAsync(TestEnvironment.Patience);

    public Task<DeviceMessage> NextMessageAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(TestEnvironment.Patience);

    public Task<ConnectionStatus> NextStatusAsync() => _statuses.Reader.ReadAsync().AsTask().WaitAsync(TestEnvironment.Patience);

    /// <summary>Skips statuses until one fits.</summary>
    public async Task<ConnectionStatus> NextStatusAsync(Func<ConnectionStatus, bool> fits)
    {
        while (true)
        {
            if (await NextStatusAsync() is var status && fits(status))
            {
                return status;
            }
        }
    }

    public async ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken)
    {
        await OnTwin(twin);
        _twins.Writer.TryWrite(twin);
    }

    public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) => Method(request, cancellationToken);

    public async ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken)
    {
        _messages.Writer.TryWrite(message);
        await OnMessage(cancellationToken);
    }

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken)
    {
        _statuses.Writer.TryWrite(status);
        return ValueTask.CompletedTask;
    }
}
