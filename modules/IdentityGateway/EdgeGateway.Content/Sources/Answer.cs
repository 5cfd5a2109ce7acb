using System.Globalization;
using System.Net;

namespace EdgeGateway.Content.Sources;

/// <summary>Interprets the HTTP response to a request for content, or for the rest of it.</summary>
internal static class Answer
{
    /// <summary>Reads the offset at which the body starts, and the size of the whole content where it is stated.</summary>
    /// <param name="origin">Name of the server, for messages.</param>
    /// <param name="wanted">The requested content; null where only its address is known.</param>
    /// <param name="from">The requested start.</param>
    /// <exception cref="ContentException">The response has no usable body.</exception>
    public static (long Offset, long? Size) Read(HttpResponseMessage response, string origin, ContentReference? wanted, ResumePoint from)
    {
        var range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                CheckSize(origin, wanted, response.Content.Headers.ContentLength);
                return (0, response.Content.Headers.ContentLength);
            case HttpStatusCode.PartialContent when range?.From == from.Offset:
                CheckSize(origin, wanted, range.Length);
                return (from.Offset, range.Length);
            case HttpStatusCode.RequestedRangeNotSatisfiable when from.Offset > 0:
                CheckSize(origin, wanted, range?.Length);
                break;
            default:
                break;
        }

        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        throw new ContentException(FailureOf(response.StatusCode), $"{origin} answered {status} when asked for {Describe(wanted)} from byte {from.Offset}.");
    }

    /// <summary>Tells a refusal that a retry will not change from a temporary failure.</summary>
    private static ContentFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestedRangeNotSatisfiable or (HttpStatusCode)425 =>
            ContentFailure.Unreachable,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ContentFailure.NotFound,
        _ => ContentFailure.Unreachable,
    };

    private static string Describe(ContentReference? wanted) => wanted is null ? "it" : $"content {wanted.Digest}";

    private static void CheckSize(string origin, ContentReference? wanted, long? announced)
    {
        if (wanted is not null && announced is { } size && size != wanted.Size)
        {
            throw new ContentException(
                ContentFailure.WrongSize, $"{origin} has {size} bytes; the update announces {wanted.Size} for content {wanted.Digest}.");
        }
    }
}
