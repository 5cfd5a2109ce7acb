using System.Globalization;
using System.Net;

namespace EdgeGateway.Firmware.Content.Sources;

/// <summary>What an HTTP answer to a request for content, or the rest of it, means.</summary>
internal static class Answer
{
    /// <summary>The offset at which the body starts.</summary>
    /// <exception cref="ContentException">There is no usable body.</exception>
    public static long OffsetOf(HttpResponseMessage response, string origin, ContentReference content, ResumePoint from)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                CheckSize(origin, content, response.Content.Headers.ContentLength);
                return 0;
            case HttpStatusCode.PartialContent when range?.From == from.Offset:
                CheckSize(origin, content, range.Length);
                return from.Offset;
            case HttpStatusCode.RequestedRangeNotSatisfiable when from.Offset > 0:
                CheckSize(origin, content, range?.Length);
                break;
            default:
                break;
        }

        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        throw new ContentException(FailureOf(response.StatusCode), $"{origin} answered {status} when asked for content {content.Digest} from byte {from.Offset}.");
    }

    /// <summary>A refusal that another try will not change, or a trouble that may pass.</summary>
    private static ContentFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestedRangeNotSatisfiable or (HttpStatusCode)425 =>
            ContentFailure.Unreachable,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ContentFailure.NotFound,
        _ => ContentFailure.Unreachable,
    };

    private static void CheckSize(string origin, ContentReference content, long? announced)
    {
        if (announced is { } size && size != content.Size)
        {
            throw new ContentException(
                ContentFailure.WrongSize, $"{origin} has {size} bytes; the update announces {content.Size} for content {content.Digest}.");
        }
    }
}
