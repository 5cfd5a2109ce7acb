using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Errors;

/// <summary>Bodies of error answers.</summary>
public static class ErrorBody
{
    /// <summary>What IoT Hub puts into the status answer of a twin operation, and as text into the REST body.</summary>
    public static JsonObject Details(HubError error, string message, DateTimeOffset now) => new()
    {
        ["errorCode"] = error.Number,
        ["trackingId"] = Guid.NewGuid().ToString("N"),
        ["message"] = $"{error.Code}: {message}",
        ["timestampUtc"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Body of the service API: the details are JSON within a string, as clients of the real hub expect.</summary>
    public static JsonObject Rest(HubError error, string message, DateTimeOffset now)
    {
        var details = Details(error, message, now);
        return new JsonObject
        {
            ["Message"] = details.ToJsonString(),
            ["ExceptionMessage"] = $"Tracking ID:{details["trackingId"]!.GetValue<string>()}",
        };
    }
}
