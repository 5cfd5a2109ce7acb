using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeGateway.Module.Web;

/// <summary>Hands requests to pages by their path; no routing, no middleware, so that Kestrel stays light.</summary>
internal sealed partial class WebApplication : IHttpApplication<HttpContext>
{
    private readonly Dictionary<string, IWebPage> _pages;
    private readonly ILogger _logger;

    public WebApplication(IEnumerable<IWebPage> pages, ILogger logger) =>
        (_pages, _logger) = (pages.ToDictionary(p => p.Path, StringComparer.Ordinal), logger);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var answer = Answer(context.Request);
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (answer.Status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = "GET, HEAD";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private WebAnswer Answer(HttpRequest request)
    {
        if (!_pages.TryGetValue(request.Path.Value ?? "", out var page))
        {
            return WebAnswer.Text(StatusCodes.Status404NotFound, $"There is nothing here. Pages: {string.Join(", ", _pages.Keys.Order())}\n");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return WebAnswer.Text(StatusCodes.Status405MethodNotAllowed, "Only GET and HEAD.\n");
        }

        try
        {
            return page.Answer();
        }
#pragma warning disable CA1031 // a page that fails must not look like an endpoint that is gone
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogPageFailed(e, page.Path);
            return WebAnswer.Text(StatusCodes.Status500InternalServerError, $"{page.Path} failed: {e.Message}\n");
        }
    }

    [LoggerMessage(4302, LogLevel.Error, "The page {Path} failed")]
    private partial void LogPageFailed(Exception problem, string path);
}
