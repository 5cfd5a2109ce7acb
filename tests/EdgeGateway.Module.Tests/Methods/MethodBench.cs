using System.Text.Json.Nodes;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Hosting;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Methods.Logs;
using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tests.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Module.Tests.Methods;

/// <summary>The whole module, as composed, with fakes around it, and its methods called as the hub does.</summary>
internal sealed class MethodBench : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private readonly IHost _host;

    private MethodBench(TempFolder? folder, int mcus)
    {
        (_folder, _ownsFolder) = (folder ?? new TempFolder(), folder is null);
        _host = Build(mcus);
    }

    public VirtualTime Time { get; } = new();

    public FakeConnections Connections { get; } = new();

    /// <summary>The workflows, by id.</summary>
    public Dictionary<string, FakeWorkflow> Workflows { get; } = [];

    public TempFolder Folder => _folder;

    public IServiceProvider Services => _host.Services;

    public LogRing Log => _host.Services.GetRequiredService<LogRing>();

    /// <summary>Starts it and waits until the workflows run.</summary>
    public static async Task<MethodBench> StartAsync(TempFolder? folder = null, int mcus = 2)
    {
        var bench = new MethodBench(folder, mcus);
        await bench._host.StartAsync();
        var made = (FakeWorkflows)bench._host.Services.GetRequiredService<IMcuWorkflowFactory>();
        for (var i = 0; i < mcus; i++)
        {
            var workflow = await made.NextAsync();
            bench.Workflows[workflow.Id.Value] = workflow;
        }

        return bench;
    }

    /// <summary>Calls a method of the module, or of a microcontroller.</summary>
    public Task<MethodResponse> CallAsync(string method, string? payload = null, string identity = "edge/gateway") =>
        CallAsync(method, payload is null ? null : JsonNode.Parse(payload), identity);

    public async Task<MethodResponse> CallAsync(string method, JsonNode? payload, string identity) =>
        await Connections[identity].Handler.OnMethodAsync(new MethodRequest(method, payload), CancellationToken.None)
            .AsTask().WaitAsync(Patience.Limit);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }

    private IHost Build(int mcus)
    {
        var nodes = string.Join(", ", Enumerable.Range(1, mcus).Select(i => $$"""{ "Id": "mcu-{{i}}", "Address": {{i}} }"""));
        File.WriteAllText(_folder.File("settings.json"), $$"""
            {
              "Hub": { "HostName": "hub.example" },
              "Credentials": { "GroupKeyFile": "{{SettingsText.GroupKeyFile.Value}}" },
              "Lines": [ { "Port": "{{_folder.File("ttyX")}}", "BaudRate": 9600, "HalfDuplex": true, "Mcus": [ {{nodes}} ] } ],
              "Module": { "DataFolder": "{{_folder.Path}}" }
            }
            """);
        var layers = SettingsLayers.Read(_folder.File("settings.json"), new Dictionary<string, string>(), SettingsText.Environment);
        var reading = SettingsReader.Read(layers.Others, SettingsText.Environment);
        reading.Errors.Should().BeEmpty();
        return GatewayHost.Build(layers, reading.Settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
            services.Replace(ServiceDescriptor.Singleton<IMcuWorkflowFactory>(new FakeWorkflows()));
            services.Replace(ServiceDescriptor.Singleton<IDeviceConnectionFactory>(Connections));
            services.Replace(ServiceDescriptor.Singleton<IMcuPortFactory>(new FakePorts()));
            services.AddLogging(logging => logging.ClearProviders().Services.AddSingleton<ILoggerProvider, LogRingProvider>());
        });
    }
}
