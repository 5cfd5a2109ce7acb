using EdgeGateway.Content;
using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving;

/// <summary>
/// Answers a request that was accepted: opens the content and passes it on, while it arrives if need be. What fails before the answer began
/// has a status; later the connection is aborted, so that no client takes a part for the whole.
/// </summary>
internal sealed class ContentResponder(IContentCache feed, TimeProvider time)
{
    /// <summary>
    /// Wait for the first byte before the answer begins without it. Shorter than the patience of a child (30 s), which counts its own wait
    /// and that of all gateways above.
    /// </summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(5);

    /// <summary>Answers.</summary>
    /// <returns>Bytes of content sent, and whether they are all that were to be sent.</returns>
    /// <exception cref="ContentException">Before the answer began: why there is none. Later: why it is broken off.</exception>
    public async Task<(long Sent, bool IsWhole)> AnswerAsync(ContentRequest request, HttpContext context)
    {
        using var reader = await OpenAsync(request, HttpMethods.IsHead(context.Request.Method), context.RequestAborted);
        var (headers, response) = (context.Request.Headers, context.Response);
        var etag = $"\"{reader.Tag}\"";
        response.Headers.ETag = etag;
        response.Headers.AcceptRanges = "bytes";
        if (Preconditions.Status(headers, etag) is { } status)
        {
            response.StatusCode = status;
            return (0, true);
        }

        ByteSpan? part = null;
        if (HttpMethods.IsGet(context.Request.Method) && Preconditions.AllowsRange(headers, etag)
            && !RangeHeader.TryRead(headers.Range, reader.Size, out part))
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{reader.Size}";
            response.ContentLength = 0;
            return (0, true);
        }

        var span = part ?? new ByteSpan(0, reader.Size);
        response.ContentType = "application/octet-stream";
        response.ContentLength = span.Length;
        if (part is not null)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {span.Offset}-{span.End - 1}/{reader.Size}";
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return (0, true);
        }

        var sent = await new BodySender(reader, time).SendAsync(span, response, context.RequestAborted);
        return (sent, sent == span.Length);
    }

    private async Task<IContentReader> OpenAsync(ContentRequest request, bool isHead, CancellationToken cancellationToken)
    {
        if (request.Digest is not { } digest)
        {
            return await feed.OpenAsync(request.Address!, cancellationToken);
        }

        // HEAD asks what is here; it fetches nothing
        return request.Size is { } size && !isHead
            ? await feed.OpenAsync(new ContentReference(digest, size, request.Origin) { Via = request.Via }, cancellationToken)
            : await feed.TryOpenAsync(digest, cancellationToken)
                ?? throw new ContentException(ContentFailure.NotFound, $"Content {digest} is not here; with its size it can be fetched.");
    }
}
