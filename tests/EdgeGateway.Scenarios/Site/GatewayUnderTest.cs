using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Scenarios.Site;

/// <summary>The gateway's own host in the process of the test: everything is real but signals and the console.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TimeSpan _stopTimeout;

    private GatewayUnderTest(IHost host, TimeSpan stopTimeout) => (_host, _stopTimeout) = (host, stopTimeout);

    /// <summary>Starts it as the executable does.</summary>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    public static async Task<GatewayUnderTest> StartAsync(
        string settingsFile, IReadOnlyDictionary<string, string> values, string connectionString, LogBook log)
    {
        var environment = RuntimeEnvironment.From(name => name == "EdgeHubConnectionString" ? connectionString : null);
        var layers = SettingsLayers.Read(settingsFile, values, environment);
        var reading = SettingsReader.Read(layers.Others, layers.Environment);
        if (!reading.IsValid)
        {
            throw new SettingsException(reading.Errors);
        }

        var host = GatewayHost.Build(layers, reading.Settings, services => services
            .AddSingleton<IHostLifetime, NoSignals>()
            .AddLogging(logging => logging.ClearProviders().AddProvider(log)));
        await host.StartAsync();
        return new GatewayUnderTest(host, reading.Settings.Module.StopTimeout);
    }

    /// <summary>Stops it as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(_stopTimeout);
        await _host.StopAsync(limit.Token);
        await DisposeAsync();
    }

    /// <summary>Ends it without a stop: nothing is finished, reported or flushed.</summary>
    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();
}
