using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>A device that records what it receives, and answers methods with their own name and payload.</summary>
internal sealed class RecordingHandler : IMessageHandler
{
    private readonly Channel<TwinDocument> _twins = Channel.CreateUnbounded<TwinDocument>();
    private readonly Channel<ConnectionStatus> _statuses = Channel.CreateUnbounded<ConnectionStatus>();

    public Channel<string> Messages { get; } = Channel.CreateUnbounded<string>();

    public Task<TwinDocument> NextTwinAsync(Func<TwinDocument, bool> which) => NextAsync(_twins, which);

    public Task<ConnectionStatus> NextStatusAsync(Func<ConnectionStatus, bool> which) => NextAsync(_statuses, which);

    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken) => _twins.Writer.WriteAsync(twin, cancellationToken);

    public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MethodResponse(200, JsonValue.Create($"{request.Name} {request.Payload!.ToJsonString()}")));

    public ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken) =>
        Messages.Writer.WriteAsync(Encoding.UTF8.GetString(message.Body.Span), cancellationToken);

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken) => _statuses.Writer.WriteAsync(status, cancellationToken);

    private static async Task<T> NextAsync<T>(Channel<T> channel, Func<T, bool> which)
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        while (true)
        {
            var next = await channel.Reader.ReadAsync(limit.Token);
            if (which(next))
            {
                return next;
            }
        }
    }
}
