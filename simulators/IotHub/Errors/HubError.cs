using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Errors;

/// <summary>An error of IoT Hub, as the service API names it.</summary>
/// <param name="Status">HTTP status, and status of a twin operation over MQTT.</param>
/// <param name="Number">IoT Hub's numeric code: the status and three more digits.</param>
/// <param name="Code">IoT Hub's code in words; also sent as the header <c>iothub-errorcode</c>.</param>
public sealed record HubError(int Status, int Number, string Code)
{
    public static readonly HubError InvalidProtocolVersion = new(400, 400001, nameof(InvalidProtocolVersion));
    public static readonly HubError ArgumentInvalid = new(400, 400004, nameof(ArgumentInvalid));
    public static readonly HubError Unauthorized = new(401, 401002, "IotHubUnauthorizedAccess");
    public static readonly HubError QueueFull = new(403, 403004, "DeviceMaximumQueueDepthExceeded");
    public static readonly HubError DeviceNotFound = new(404, 404001, nameof(DeviceNotFound));
    public static readonly HubError ModuleNotFound = new(404, 404010, nameof(ModuleNotFound));
    public static readonly HubError DeviceNotOnline = new(404, 404103, nameof(DeviceNotOnline));
    public static readonly HubError DeviceAlreadyExists = new(409, 409001, nameof(DeviceAlreadyExists));
    public static readonly HubError ModuleAlreadyExists = new(409, 409301, "ModuleAlreadyExistsOnDevice");
    public static readonly HubError PreconditionFailed = new(412, 412001, nameof(PreconditionFailed));
    public static readonly HubError TooLarge = new(413, 413001, "MessageTooLarge");
    public static readonly HubError Throttled = new(429, 429001, "ThrottlingException");
    public static readonly HubError ServerError = new(500, 500001, nameof(ServerError));
    public static readonly HubError Offline = new(503, 503001, "ServiceUnavailable");
    public static readonly HubError GatewayTimeout = new(504, 504101, nameof(GatewayTimeout));
}

/// <summary>Thrown for a request that the hub refuses: an error response over REST, a status over MQTT.</summary>
public sealed class HubRequestException(HubError error, string message) : Exception(message)
{
    public HubError Error { get; } = error;
}

/// <summary>Formats the bodies of error responses.</summary>
public static class ErrorBody
{
    /// <summary>Formats the body of a failed twin operation over MQTT, which is also the text within the REST body.</summary>
    public static JsonObject Details(HubError error, string message, DateTimeOffset now) => new()
    {
        ["errorCode"] = error.Number,
        ["trackingId"] = Guid.NewGuid().ToString("N"),
        ["message"] = $"{error.Code}: {message}",
        ["timestampUtc"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Formats the body of the service API: the details are JSON within a string, as clients of the real hub expect.</summary>
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
