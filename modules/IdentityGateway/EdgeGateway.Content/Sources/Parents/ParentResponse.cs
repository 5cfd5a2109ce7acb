using System.Globalization;
using System.Net;
using System.Security.Authentication;

namespace EdgeGateway.Content.Sources.Parents;

/// <summary>Interprets responses that only a parent gives, in addition to those of every origin (<see cref="Answer"/>).</summary>
internal static class ParentResponse
{
    private const int MaxReason = 200;

    /// <summary>Throws for responses that only a gateway gives; any other response is left to <see cref="Answer"/>.</summary>
    /// <exception cref="ContentException">The parent refuses this gateway, or asks it to wait.</exception>
    public static async Task CheckAsync(HttpResponseMessage response, string parent, TimeProvider time, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new ContentException(
                    ContentFailure.NotFound,
                    $"{parent} does not accept this gateway as its child ({Status(response)}){await ReasonAsync(response, cancellationToken)}.")
                {
                    Refusal = SourceRefusal.Unauthorized,
                };
            case HttpStatusCode.LoopDetected:
                throw new ContentException(
                    ContentFailure.NotFound, $"{parent} gets its content from this gateway: the two are parents of each other ({Status(response)}). Correct Parent:HostName on one of them.")
                {
                    Refusal = SourceRefusal.Loop,
                };
            case HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests when After(response, time) is { } wait:
                throw new ContentException(
                    ContentFailure.Unreachable,
                    $"{parent} is busy and asks to retry in {wait.TotalSeconds:0} s ({Status(response)}){await ReasonAsync(response, cancellationToken)}.")
                {
                    RetryAfter = wait,
                };
            case HttpStatusCode.NotFound:
                throw new ContentException(
                    ContentFailure.NotFound, $"{parent} does not have the content and cannot get it ({Status(response)}){await ReasonAsync(response, cancellationToken)}.");
            default:
                break;
        }
    }

    /// <summary>Interprets a request without a response.</summary>
    public static ContentException From(HttpRequestException error, string parent) => error switch
    {
        { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException inner } => new ContentException(
            ContentFailure.NotFound, $"The certificate of {parent} is not trusted, or it does not accept ours: {inner.Message}", error)
        {
            Refusal = SourceRefusal.Untrusted,
        },
        _ => new ContentException(ContentFailure.Unreachable, $"{parent} cannot be reached: {(error.InnerException ?? error).Message}", error),
    };

    private static string Status(HttpResponseMessage response) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();

    private static TimeSpan? After(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>Reads the beginning of a text that explains the response.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/plain")
        {
            return "";
        }

        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            var text = new char[MaxReason];
            var got = await reader.ReadBlockAsync(text, cancellationToken);
            var words = new string([.. text.Take(got).Select(c => char.IsControl(c) ? ' ' : c)]).Trim().TrimEnd('.');
            return words.Length > 0 ? $": {words}" : "";
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return ""; // the status says enough
        }
    }
}
