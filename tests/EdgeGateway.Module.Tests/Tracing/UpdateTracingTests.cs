using System.Collections;
using System.Diagnostics;
using System.Text;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Module.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace EdgeGateway.Module.Tests.Tracing;

public sealed class UpdateTracingTests
{
    [Fact]
    public async Task Export_ReceiverIsNamed_SendsTheSpansOfUpdates()
    {
        var received = new TaskCompletionSource<(string Path, string Body)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var receiver = builder.Build();
        receiver.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.TrySetResult((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await receiver.StartAsync();
        using var host = Build(new Hashtable
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        var tracing = host.Services.GetRequiredService<TracerProvider>();
        using var source = new ActivitySource(UpdateTracing.SourceName);

        using (var update = source.StartActivity("update"))
        {
            update!.SetTag("mcu", "mcu-1");
        }

        tracing.ForceFlush((int)Patience.Limit.TotalMilliseconds).Should().BeTrue();
        var (path, text) = await received.Task.WaitAsync(Patience.Limit);
        path.Should().Be("/v1/traces");
        text.Should().Contain("EdgeGateway.Updates").And.Contain("mcu-1").And.Contain("service.name");
    }

    [Fact]
    public void Export_NoReceiver_IsOff()
    {
        using var host = Build(new Hashtable { ["OTEL_SERVICE_NAME"] = "x", ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "" });

        host.Services.GetService<TracerProvider>().Should().BeNull();
    }

    private static IHost Build(IDictionary environment)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IModuleIdentitySource>(RuntimeEnvironment.Empty);
        builder.Services.AddUpdateTracing(builder.Configuration, environment);
        return builder.Build();
    }
}
