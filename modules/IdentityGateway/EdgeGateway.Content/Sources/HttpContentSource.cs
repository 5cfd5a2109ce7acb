using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Sources;

/// <summary>Downloads content from the address that the update names, with HTTP range requests (RFC 9110 section 14).</summary>
/// <remarks>Thread-safe. Messages never contain the query of an address: it may carry a signature.</remarks>
public sealed class HttpContentSource : IContentSource, IDisposable
{
    private const int MaxRedirects = 5;

    private readonly IOptionsMonitor<ContentOptions> _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public HttpContentSource(IOptionsMonitor<ContentOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // followed here, where the rules are checked at each step
            AutomaticDecompression = DecompressionMethods.None, // sizes and offsets are those of the content
            MaxResponseDrainSize = 0, // an abandoned body is not read
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names are resolved again
            UseCookies = false,
        };
        if (options.CurrentValue.ProxyUrl is { } proxy)
        {
            handler.Proxy = HttpProxy.Of(proxy);
        }

        _http = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    public string Name => "origin";

    /// <inheritdoc/>
    public Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(from);
        return content.Origin is { } address
            ? OpenAsync(address, content, from, cancellationToken)
            : throw new ContentException(ContentFailure.NotFound, $"Content {content.Digest} is not in the store, and the update names no address for it.");
    }

    /// <inheritdoc/>
    public Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(from);
        return OpenAsync(address, null, from, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<OpenedContent> OpenAsync(Uri origin, ContentReference? wanted, ResumePoint from, CancellationToken cancellationToken)
    {
        var address = origin;
        var timeout = _options.CurrentValue.ResponseTimeout;
        using var late = new CancellationTokenSource(timeout, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                OriginRules.Check(address, _options.CurrentValue.AllowedOrigins);
                var response = await SendAsync(address, wanted is not null, from, end.Token);
                if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                {
                    return (await AcceptAsync(response, address, wanted, from, end.Token)) with { Address = origin };
                }

                using (response)
                {
                    address = OriginRules.Redirect(address, response.Headers.Location);
                }
            }
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ContentException(ContentFailure.Unreachable, $"{OriginRules.Name(address)} gave no answer within {timeout}.", e);
        }
        catch (HttpRequestException e)
        {
            throw new ContentException(ContentFailure.Unreachable, $"{OriginRules.Name(address)} cannot be reached: {e.Message}", e);
        }

        throw new ContentException(ContentFailure.NotFound, $"{OriginRules.Name(origin)} redirects more than {MaxRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, bool known, ResumePoint from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        var etag = OriginTag.For(address, from.Validator);
        if (from.Offset > 0 && (known || etag is not null)) // without a digest, only the ETag shows that both parts belong together
        {
            request.Headers.Range = new RangeHeaderValue(from.Offset, null);
            request.Headers.IfRange = etag is null ? null : new RangeConditionHeaderValue(etag);
        }

        return await _http.SendAsync(request, cancellationToken);
    }

    private static async Task<OpenedContent> AcceptAsync(
        HttpResponseMessage response, Uri address, ContentReference? wanted, ResumePoint from, CancellationToken cancellationToken)
    {
        try
        {
            var (offset, size) = Answer.Read(response, OriginRules.Name(address), wanted, from);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new OpenedContent(stream, offset, OriginTag.Of(address, response.Headers.ETag)) { Size = size }; // the stream owns the connection
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
