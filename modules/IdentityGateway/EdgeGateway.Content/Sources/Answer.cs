using System.Globalization;
using System.Net;

namespace EdgeGateway.Content.Sources;

/// <summary>What an HTTP answer to a request for content, or the rest of it, means.</summary>
internal static class Answer
{
    /// <summary>The offset at which the body starts, and the size of the whole where it is announced.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="origin">Who answered, for texts.</param>
    /// <param name="wanted">What was asked for; null where only its address is known.</param>
    /// <param name="from">From where on.</param>
    /// <exception cref="ContentException">There is no usable body.</exception>
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

    /// <summary>A refusal that another try will not change, or a trouble that may pass.</summary>
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
