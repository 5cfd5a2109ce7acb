using System.Text;
using EdgeGateway.Content;
using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving;

/// <summary>
/// What is answered where content cannot be had. What may pass is a 5xx: Delivery Optimization avoids a cache for a quarter of an hour after a
/// 4xx, and so do children.
/// </summary>
internal static class FailureRefusal
{
    /// <param name="problem">Why there is none.</param>
    /// <param name="isKnown">True for an authenticated child, which receives all details.</param>
    public static Refusal Of(ContentException problem, bool isKnown)
    {
        var status = StatusOf(problem.Failure);
        return new Refusal(status, isKnown ? problem.Message : $"The content cannot be had: {problem.Failure}.");
    }

    private static int StatusOf(ContentFailure failure) => failure switch
    {
        ContentFailure.NotFound => StatusCodes.Status404NotFound,
        ContentFailure.TooSlow => StatusCodes.Status504GatewayTimeout,
        ContentFailure.StoreFull => StatusCodes.Status507InsufficientStorage,
        ContentFailure.Disk => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status502BadGateway,
    };
}

/// <summary>Short answers in words.</summary>
internal static class PlainText
{
    public static async Task WriteAsync(HttpContext context, string text)
    {
        var body = Encoding.UTF8.GetBytes(text + "\n");
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
