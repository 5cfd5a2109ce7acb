using System.Text;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving;

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
