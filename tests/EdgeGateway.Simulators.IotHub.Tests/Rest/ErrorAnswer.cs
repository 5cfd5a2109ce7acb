using System.Net;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

/// <summary>What clients of the real hub expect of an error: header and body say the same.</summary>
internal static class ErrorAnswer
{
    public static async Task ShouldBeAsync(
        Task<(HttpResponseMessage Response, JsonNode? Body)> call, HttpStatusCode status, string code, int number)
    {
        var (response, body) = await call;
        response.StatusCode.Should().Be(status);
        response.Headers.GetValues("iothub-errorcode").Should().Equal(code);
        var details = JsonNode.Parse(body!["Message"]!.GetValue<string>())!;
        details["errorCode"]!.GetValue<int>().Should().Be(number);
        details["message"]!.GetValue<string>().Should().StartWith(code + ": ");
        body["ExceptionMessage"]!.GetValue<string>().Should().Contain(details["trackingId"]!.GetValue<string>());
    }
}
