using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Module.Tests.Methods;

public sealed class MethodTableTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task AnswerAsync_OtherCase_IsFound() => (await AnswerAsync((_, _) => Task.FromResult(new MethodResponse(200)), "DOIT")).Status.Should().Be(200);

    [Fact]
    public async Task AnswerAsync_Unknown_ListsTheKnown()
    {
        var answer = await AnswerAsync((_, _) => Task.FromResult(new MethodResponse(200)), "other");

        answer.Status.Should().Be(404);
        answer.Payload!["known"]!.ToJsonString().Should().Be("""["doIt"]""");
    }

    [Fact]
    public async Task AnswerAsync_Crash_Is500InWords()
    {
        var answer = await AnswerAsync((_, _) => throw new InvalidOperationException("a bug"));

        answer.Status.Should().Be(500);
        answer.Payload!["error"]!.GetValue<string>().Should().Be("doIt failed in the gateway: a bug");
    }

    [Fact]
    public async Task AnswerAsync_TooSlow_Is503InTime()
    {
        var begun = _time.GetUtcNow();
        var answering = AnswerAsync(async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct);
            return new MethodResponse(200);
        });
        await _time.WaitForTimerAsync(MethodTable.TimeLimit);
        _time.Advance(MethodTable.TimeLimit);

        (await answering.WaitAsync(Patience.Limit)).Status.Should().Be(503);
        (_time.GetUtcNow() - begun).Should().BeLessThan(TimeSpan.FromSeconds(5), "that is the shortest time-out of a caller");
    }

    [Fact]
    public async Task AnswerAsync_TooLong_Is413()
    {
        var answer = await AnswerAsync((_, _) => Task.FromResult(new MethodResponse(200, new string('x', MethodAnswer.MaxBytes))));

        answer.Status.Should().Be(413);
    }

    private Task<MethodResponse> AnswerAsync(Func<JsonNode?, CancellationToken, Task<MethodResponse>> run, string name = "doit") =>
        new MethodTable("x", [new Method(run)], _time, NullLogger<MethodTable>.Instance)
            .AnswerAsync(new MethodRequest(name, null), CancellationToken.None).AsTask();

    private sealed class Method(Func<JsonNode?, CancellationToken, Task<MethodResponse>> run) : IDirectMethod
    {
        public string Name => "doIt";

        public IReadOnlyList<string> Arguments => [];

        public async ValueTask<MethodResponse> InvokeAsync(JsonNode? payload, CancellationToken cancellationToken) => await run(payload, cancellationToken);
    }
}
