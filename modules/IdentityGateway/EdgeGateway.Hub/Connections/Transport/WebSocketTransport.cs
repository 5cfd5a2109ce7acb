using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>
/// WebSockets over TLS as IoT Hub and edgeHub take them: path <c>/$iothub/websocket</c>, subprotocol <c>mqtt</c>. Trusts by the same rules as
/// <see cref="TlsTransport"/>; goes by an HTTP proxy where one is set or the environment names one, with TLS end to end.
/// </summary>
public sealed class WebSocketTransport(ITrustSource trust, IOptionsMonitor<HubOptions> options) : IHubTransport
{
    /// <summary>Where hubs take WebSockets.</summary>
    public const string Path = "/$iothub/websocket";

    /// <summary>MQTT 3.1.1, as subprotocol.</summary>
    public const string SubProtocol = "mqtt";

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    public async Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var policy = new TlsPolicy(endpoint, await trust.GetRootsAsync(endpoint, cancellationToken));
        using var handler = new SocketsHttpHandler { SslOptions = policy.Options, UseProxy = true, AllowAutoRedirect = false };
        if (options.CurrentValue.ProxyUrl is { } proxy)
        {
            handler.Proxy = Proxy(proxy);
        }

        using var invoker = new HttpMessageInvoker(handler);
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // MQTT tests the whole way to the hub
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(Uri.UriSchemeWss, endpoint.ConnectHost, endpoint.Port, Path).Uri, invoker, cancellationToken);
            return new MqttWebSocketStream(socket, CloseTimeout);
        }
        catch (WebSocketException e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw Describe(endpoint, policy, status, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static WebProxy Proxy(Uri url)
    {
        var proxy = new WebProxy(new UriBuilder(url) { UserName = "", Password = "" }.Uri); // messages of the framework show the address
        if (url.UserInfo is { Length: > 0 } user)
        {
            var parts = user.Split(':', 2);
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return proxy;
    }

    private static HubException Describe(HubEndpoint endpoint, TlsPolicy policy, HttpStatusCode status, WebSocketException e)
    {
        if (policy.Mistrust is not null || Cause<AuthenticationException>(e) is not null)
        {
            return policy.Failed(Cause<AuthenticationException>(e) ?? (Exception)e);
        }

        return Cause<HttpRequestException>(e) is { HttpRequestError: HttpRequestError.ProxyTunnelError } proxy
            ? new HubException(HubFailure.Unreachable, $"The HTTP proxy does not lead to {endpoint}: {proxy.Message}", e)
            : Cause<SocketException>(e) is { } s ? SocketErrors.Describe(endpoint.ConnectHost, endpoint.ToString(), s)
            : status == 0 ? new HubException(HubFailure.Unreachable, $"{endpoint} cannot be reached: {(e.InnerException ?? e).Message}", e)
            : Refused(endpoint, status, e);
    }

    private static HubException Refused(HubEndpoint endpoint, HttpStatusCode status, WebSocketException e)
    {
        var (failure, why) = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (HubFailure.Unauthorized, "it does not let this client in"),
            HttpStatusCode.NotFound => (HubFailure.Unreachable, $"it has no {Path}, so it takes no WebSockets"),
            HttpStatusCode.TooManyRequests => (HubFailure.Throttled, "too many requests"),
            HttpStatusCode.SwitchingProtocols => (HubFailure.ProtocolError, $"its answer is no WebSocket of subprotocol '{SubProtocol}'"),
            >= HttpStatusCode.InternalServerError => (HubFailure.Unreachable, "it is in trouble"),
            _ => (HubFailure.ProtocolError, "it makes no WebSocket"),
        };
        return new HubException(failure, $"{endpoint} answered the WebSocket request with HTTP status {(int)status}: {why}.", e);
    }

    private static T? Cause<T>(Exception e)
        where T : Exception
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (at is T found)
            {
                return found;
            }
        }

        return null;
    }
}
