using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Web;
using EdgeGateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Module.Tests.Web;

public sealed class WebServerTests : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = Patience.Limit };
    private readonly CapturedLog _log = new();
    private readonly VirtualTime _time = new();
    private readonly ILoggerFactory _loggers;

    public WebServerTests() => _loggers = LoggerFactory.Create(l => l.AddProvider(_log));

    public void Dispose()
    {
        _http.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public async Task Get_Page_AnswersWithStatusTypeAndBody()
    {
        await using var server = await StartAsync(0);
        using var response = await _http.GetAsync(new Uri(await server.Address, "/page"));

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Content.Headers.ContentType.Should().Be(MediaTypeHeaderValue.Parse("text/plain; charset=utf-8"));
        (await response.Content.ReadAsStringAsync()).Should().Be("häh");
        response.Headers.Server.Should().BeEmpty();
    }

    [Fact]
    public async Task Get_OtherPath_Is404ThatNamesThePages()
    {
        await using var server = await StartAsync(0);
        using var response = await _http.GetAsync(new Uri(await server.Address, "/other"));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Contain("/page");
    }

    [Fact]
    public async Task Post_Page_Is405()
    {
        await using var server = await StartAsync(0);
        using var response = await _http.PostAsync(new Uri(await server.Address, "/page"), null);

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().Equal("GET", "HEAD");
    }

    [Fact]
    public async Task Get_PageThatThrows_Is500AndLogged()
    {
        await using var server = await StartAsync(0);
        using var response = await _http.GetAsync(new Uri(await server.Address, "/broken"));

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        _log.Lines.Should().Contain("Error: Page failed. Path=/broken");
    }

    [Fact]
    public async Task Start_PortTaken_GoesOnAndTakesItWhenItIsFree()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0) { ExclusiveAddressUse = true };
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var server = await StartAsync(port);
        await _time.WaitForTimerAsync(WebServer.RetryDelay);
        _log.Lines.Should().ContainSingle(l => l.StartsWith($"Warning: Metrics and health are not served; all else goes on. Address=127.0.0.1 Port={port} "));
        server.Address.IsCompleted.Should().BeFalse();

        taken.Stop();
        _time.Advance(WebServer.RetryDelay);

        (await server.Address.WaitAsync(Patience.Limit)).Port.Should().Be(port);
    }

    [Fact]
    public async Task Stop_WhilePortIsTaken_Ends()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0) { ExclusiveAddressUse = true };
        taken.Start();
        await using var server = await StartAsync(((IPEndPoint)taken.LocalEndpoint).Port);
        await _time.WaitForTimerAsync(WebServer.RetryDelay);

        await server.StopAsync(CancellationToken.None).WaitAsync(Patience.Limit);

        taken.Stop();
    }

    private async Task<WebServer> StartAsync(int port)
    {
        var options = new WebOptions { Address = "127.0.0.1", Port = port };
        IWebPage[] pages = [new Page("/page", () => "häh"), new Page("/broken", () => throw new InvalidOperationException("bug"))];
        var server = new WebServer(options, pages, _time, _loggers);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    private sealed class Page(string path, Func<string> answer) : IWebPage
    {
        public string Path => path;

        public void Map(IEndpointRouteBuilder endpoints) => endpoints.Map(path, async context =>
        {
            var text = answer();
            context.Response.StatusCode = 503;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(text);
        });
    }
}
