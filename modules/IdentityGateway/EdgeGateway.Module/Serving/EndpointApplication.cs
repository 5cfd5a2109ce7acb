using EdgeGateway.Content;
using EdgeGateway.Content.Sources.Paths;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeGateway.Module.Serving;

/// <summary>
/// Handles one request from its first byte to its last: client, target, concurrency; then the response. All failures end here.
/// </summary>
internal sealed partial class EndpointApplication(
    ChildAccess access, RequestReader requests, RequestLimit limit, ContentResponder responder, GatewayInstance self, EndpointMetrics metrics, TimeProvider time, ILogger logger)
    : IHttpApplication<HttpContext>
{
    private readonly ILogger _logger = logger;
    private readonly SeldomLog<AccessDenial> _denials = new(time);
    private readonly SeldomLog<ContentFailure> _failures = new(time);

    /// <summary>Takes the context of the connection's last request, where there is one.</summary>
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<HttpContext> container)
        {
            return new DefaultHttpContext(contextFeatures);
        }

        if (container.HostContext is DefaultHttpContext known)
        {
            known.Initialize(contextFeatures);
            return known;
        }

        return container.HostContext = new DefaultHttpContext(contextFeatures);
    }

    public void DisposeContext(HttpContext context, Exception? exception) => (context as DefaultHttpContext)?.Uninitialize();

    public async Task ProcessRequestAsync(HttpContext context)
    {
        metrics.Begun();
        var (kind, sent, broken) = (RequestKind.Unknown, 0L, false);
        try
        {
            var (request, refusal, client) = Accept(context);
            kind = request?.Kind ?? kind;
            if (refusal is not null)
            {
                await RefuseAsync(context, refusal);
            }
            else
            {
                (sent, broken) = await AnswerAsync(request!, client, context);
            }
        }
        finally
        {
            metrics.Ended(kind, broken ? 0 : context.Response.StatusCode, sent);
        }
    }

    /// <summary>Decides whether a request is served.</summary>
    private (ContentRequest? Request, Refusal? Refusal, string Client) Accept(HttpContext context)
    {
        var client = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (context.Request.IsHttps)
        {
            var result = access.Check(context);
            if (result.Denial is { } denial)
            {
                Tell(denial, context, result.Detail);
                return (null, AccessRefusal.Of(denial), client);
            }

            client = result.Child!.ToString();
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return (null, new Refusal(StatusCodes.Status405MethodNotAllowed, "Only GET and HEAD."), client);
        }

        var isHttps = context.Request.IsHttps && context.Request.Headers[OriginScheme.Header] != Uri.UriSchemeHttp;
        var (request, refusal) = requests.Read(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, isHttps);
        if (request is { Kind: RequestKind.Digest } && !context.Request.IsHttps)
        {
            refusal = new Refusal(StatusCodes.Status403Forbidden, "Content by digest is served over HTTPS.", AccessDenial.NoCredentials);
        }

        if (refusal is null)
        {
            (request, refusal) = Follow(context, request!);
        }

        if (refusal is { Denial: { } reason })
        {
            Tell(reason, context, refusal.Text);
        }

        return (request, refusal, client);
    }

    /// <summary>Notes the gateways that a request came through, and refuses one that was here before.</summary>
    private (ContentRequest? Request, Refusal? Refusal) Follow(HttpContext context, ContentRequest request) =>
        !GatewayPath.TryParse(context.Request.Headers[GatewayPath.Header], out var path)
            ? (null, new Refusal(StatusCodes.Status400BadRequest, $"{GatewayPath.Header} is a list of ids."))
        : path.Contains(self.Id) || path.IsFull ? (null, AccessRefusal.Of(AccessDenial.Loop))
        : (request with { Via = path }, null);

    private async Task<(long Sent, bool Broken)> AnswerAsync(ContentRequest request, string client, HttpContext context)
    {
        if (!limit.TryEnter(client))
        {
            Tell(AccessDenial.TooMany, context, $"{client} has as many requests under way as it may have");
            await RefuseAsync(context, AccessRefusal.Of(AccessDenial.TooMany));
            return (0, false);
        }

        try
        {
            var (sent, isWhole) = await responder.AnswerAsync(request, context);
            if (!isWhole)
            {
                context.Abort();
            }

            return (sent, !isWhole);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return (0, true); // the client has left
        }
        catch (ContentException e) when (!context.Response.HasStarted)
        {
            TellFailure(e);
            await RefuseAsync(context, FailureRefusal.Of(e, context.Request.IsHttps));
            return (0, false);
        }
        catch (Exception e) when (e is ContentException or ObjectDisposedException or IOException)
        {
            TellFailure(e);
            context.Abort(); // never the end of a body that is not its end
            return (0, true);
        }
        finally
        {
            limit.Leave(client);
        }
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = refusal.Status;
        response.Headers.CacheControl = "no-store";
        switch (refusal.Status)
        {
            case StatusCodes.Status401Unauthorized:
                response.Headers.WWWAuthenticate = "SharedAccessSignature realm=\"EdgeGateway\"";
                break;
            case StatusCodes.Status405MethodNotAllowed:
                response.Headers.Allow = "GET, HEAD";
                break;
            case StatusCodes.Status503ServiceUnavailable:
                response.Headers.RetryAfter = "1";
                break;
            default:
                break;
        }

        return PlainText.WriteAsync(context, refusal.Text);
    }

    private void Tell(AccessDenial denial, HttpContext context, string detail)
    {
        metrics.Denied(denial);
        if (_denials.Take(denial, out var leftOut))
        {
            LogDenied(context.Connection.RemoteIpAddress?.ToString() ?? "somebody", denial, detail, leftOut);
        }
    }

    private void TellFailure(Exception e)
    {
        if (_failures.Take((e as ContentException)?.Failure ?? ContentFailure.Disk, out var leftOut))
        {
            LogFailed(e.Message, leftOut);
        }
    }

    [LoggerMessage(4400, LogLevel.Warning, "{Address} is not served ({Reason}): {Detail}; as often again since the last such line: {LeftOut}")]
    private partial void LogDenied(string address, AccessDenial reason, string detail, int leftOut);

    [LoggerMessage(4401, LogLevel.Warning, "Content that was asked for could not be served: {Problem}; as often again since the last such line: {LeftOut}")]
    private partial void LogFailed(string problem, int leftOut);
}
