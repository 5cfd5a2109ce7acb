using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Methods;

/// <summary>Calls direct methods on connected devices.</summary>
public sealed class MethodInvoker(IdentityRegistry registry, SessionTable sessions, TimeProvider time)
{
    /// <summary>Largest payload, bytes of JSON.</summary>
    public const int MaxPayloadBytes = 128 * 1024;

    public static readonly TimeSpan DefaultResponseTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MinResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Longest response time-out and longest connect time-out.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(300);

    /// <summary>Calls a method and waits for the answer.</summary>
    /// <exception cref="HubRequestException">Unknown (404001) or offline device (404103), no answer in time (504101), bad call (400).</exception>
    public async Task<MethodResult> InvokeAsync(IdentityName name, MethodCall call, CancellationToken cancellationToken)
    {
        var identity = registry.Get(name);
        var payload = Encoding.UTF8.GetBytes(call.Payload?.ToJsonString() ?? "null");
        Check(call, payload.Length);
        var session = await FindSessionAsync(name, call.ConnectTimeout, cancellationToken);
        identity.Statistics.CountMethodCall();
        using var timeout = new CancellationTokenSource(call.ResponseTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await session.InvokeAsync(call.Name, payload, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubRequestException(
                HubError.GatewayTimeout, $"'{name}' did not answer method '{call.Name}' within {call.ResponseTimeout.TotalSeconds} s");
        }
    }

    private static void Check(MethodCall call, int payloadBytes)
    {
        if (call.Name.Length is 0 or > 100 || !call.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
        {
            throw new HubRequestException(
                HubError.ArgumentInvalid, $"method name '{call.Name}' is not 1 to 100 letters, digits, '-', '_', '.' or ':'");
        }

        if (payloadBytes > MaxPayloadBytes)
        {
            throw new HubRequestException(HubError.TooLarge, $"the payload has {payloadBytes} bytes, at most {MaxPayloadBytes} are allowed");
        }

        if (call.ResponseTimeout < MinResponseTimeout || call.ResponseTimeout > MaxTimeout)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, "responseTimeoutInSeconds must be 5 to 300");
        }

        if (call.ConnectTimeout < TimeSpan.Zero || call.ConnectTimeout > MaxTimeout)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, "connectTimeoutInSeconds must be 0 to 300");
        }
    }

    private async Task<IDeviceSession> FindSessionAsync(IdentityName name, TimeSpan wait, CancellationToken cancellationToken)
    {
        IDeviceSession? session = null;
        bool Ready(SessionTable table) => (session = table.Find(name)) is { AcceptsMethods: true };
        if (Ready(sessions))
        {
            return session!;
        }

        if (wait > TimeSpan.Zero)
        {
            using var timeout = new CancellationTokenSource(wait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                await sessions.WaitUntilAsync(Ready, either.Token);
                return session!;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // the device did not connect in time
            }
        }

        throw new HubRequestException(HubError.DeviceNotOnline, $"'{name}' is not connected or has not subscribed to methods");
    }
}

/// <summary>A call of a direct method.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Payload">Argument, JSON; null for none.</param>
/// <param name="ResponseTimeout">How long the device may take to answer.</param>
/// <param name="ConnectTimeout">How long to wait for the device to come online.</param>
public sealed record MethodCall(string Name, JsonNode? Payload, TimeSpan ResponseTimeout, TimeSpan ConnectTimeout);

/// <summary>The result of a direct method.</summary>
/// <param name="Status">Status the device chose.</param>
/// <param name="Payload">JSON; null for none.</param>
public sealed record MethodResult(int Status, JsonNode? Payload);
