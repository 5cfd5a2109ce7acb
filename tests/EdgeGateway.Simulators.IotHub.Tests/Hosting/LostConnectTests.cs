using System.Buffers;
using System.IO.Pipelines;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Testing;
using Microsoft.AspNetCore.Connections;
using NSubstitute;

namespace EdgeGateway.Simulators.IotHub.Tests.Hosting;

public sealed class LostConnectTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly Pipe _fromClient = new();
    private readonly VirtualTime _time = new();
    private readonly TaskCompletionSource<string> _seen = new();

    [Fact]
    public async Task Run_BytesPresentAtOnce_AreLost()
    {
        await _fromClient.Writer.WriteAsync("early "u8.ToArray());

        var running = RunAsync();
        await _fromClient.Writer.WriteAsync("late"u8.ToArray());

        (await _seen.Task.WaitAsync(TestLimits.Wait)).Should().Be("late");
        await running;
    }

    [Fact]
    public async Task Run_BytesComeLater_AreKept()
    {
        var running = RunAsync();
        await _fromClient.Writer.WriteAsync("late"u8.ToArray());

        (await _seen.Task.WaitAsync(TestLimits.Wait)).Should().Be("late");
        await running;
    }

    [Fact]
    public async Task Run_NothingComes_EndsWithTheTimeout()
    {
        var running = RunAsync();

        _time.Advance(Timeout);

        await running.WaitAsync(TestLimits.Wait);
        _seen.Task.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Hub_ConnectInTheSegmentOfTheLastFlight_IsNeverAnswered()
    {
        await using var environment = await HubEnvironment.StartAsync(Quirk.LostConnect);
        await using var client = await RawClient.OpenAsync(environment, holdLastFlight: true);

        await client.SendLoginAsync(environment.Device);
        var answer = client.ReceiveAsync();
        await environment.Time.WaitForTimerAsync(_ => environment.Time.ArmedTimers == 2); // the hub waits for a CONNECT: it has lost this one
        environment.Time.Advance(Timeout);

        (await answer).Should().BeNull();
        environment.Device.Statistics.Connects.Should().Be(0);
    }

    [Fact]
    public async Task Hub_WithoutTheQuirk_AnswersThatConnect()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment, holdLastFlight: true);

        (await client.LoginAsync(environment.Device)).Should().Be(ConnectReturnCode.Accepted);
    }

    private Task RunAsync()
    {
        var transport = Substitute.For<IDuplexPipe>();
        transport.Input.Returns(_fromClient.Reader);
        var connection = new DefaultConnectionContext { Transport = transport };
        return LostConnect.RunAsync(connection, Timeout, _time, async c =>
        {
            var result = await c.Transport.Input.ReadAsync();
            _seen.SetResult(System.Text.Encoding.UTF8.GetString(result.Buffer.ToArray()));
        });
    }
}
