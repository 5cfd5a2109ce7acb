using System.Net;
using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Web;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace EdgeGateway.Module.Tests.Hosting;

/// <summary>The module's whole life from a settings file on, with its endpoint on a free port and fakes for hub, lines and workflows.</summary>
internal sealed class RunningModule : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = Patience.Limit };
    private readonly Lock _lock = new();
    private readonly Task _run;
    private TaskCompletionSource<WebServer> _server = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningModule(string settingsFile, Exception? connectFailure = null)
    {
        var all = GatewayArguments.Parse(["--settings", settingsFile, "--Web:Address=127.0.0.1", "--Web:Port=0"]);
        all.Errors.Should().BeEmpty();
        Connections.Failure = connectFailure;
        _run = new GatewayRun(all, Time, Replace).RunAsync(_stop.Token);
    }

    public VirtualTime Time { get; } = new();

    public FakeConnections Connections { get; } = new();

    public FakeWorkflows Workflows { get; } = new();

    public CapturedLog Log { get; } = new();

    /// <summary>Completes when the process would end.</summary>
    public Task Run => _run;

    /// <summary>Asks the endpoint of the host that runs now.</summary>
    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        Task<WebServer> server;
        lock (_lock)
        {
            server = _server.Task;
        }

        var address = await (await server.WaitAsync(Patience.Limit)).Address.WaitAsync(Patience.Limit);
        using var response = await _http.GetAsync(new Uri(address, path));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>One check of <c>/readyz</c>: its status and message; empty where there is none such.</summary>
    public async Task<string> CheckAsync(string name)
    {
        var (_, body) = await GetAsync("/readyz");
        var check = JsonNode.Parse(body)!["checks"]!.AsArray().SingleOrDefault(c => (string?)c!["name"] == name);
        return check is null ? "" : $"{check["status"]}: {check["message"]}";
    }

    /// <summary>Lets the time pass that a waiting module waits, until <paramref name="reached"/>.</summary>
    public async Task UntilAsync(Func<Task<bool>> reached)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await ReachedAsync(reached))
        {
            if (_run.IsCompleted || TimeProvider.System.GetElapsedTime(begun) > Patience.Limit)
            {
                await _run;
                throw new TimeoutException(string.Join(Environment.NewLine, Log.Lines));
            }

            Time.Advance(GatewayRun.Pause);
            await Task.Yield();
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Patience.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    /// <summary>The host may be changing just now.</summary>
    private static async Task<bool> ReachedAsync(Func<Task<bool>> reached)
    {
        try
        {
            return await reached();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Replace(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        services.Replace(ServiceDescriptor.Singleton<IDeviceConnectionFactory>(Connections));
        services.Replace(ServiceDescriptor.Singleton(Substitute.For<IHostLifetime>()));
        services.RemoveAll<IMcuPortFactory>();
        services.AddSingleton<IMcuPortFactory, FakePorts>();
        services.RemoveAll<IMcuWorkflowFactory>();
        services.AddSingleton<IMcuWorkflowFactory>(Workflows);
        services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
        services.AddHostedService(s => new Finder(this, s.GetRequiredService<WebServer>()));
    }

    /// <summary>Tells which endpoint is the one of the host that runs now.</summary>
    private sealed class Finder(RunningModule module, WebServer server) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lock (module._lock)
            {
                if (module._server.Task.IsCompleted)
                {
                    module._server = new TaskCompletionSource<WebServer>(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                module._server.SetResult(server);
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
