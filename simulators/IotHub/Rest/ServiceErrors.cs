using System.Text.Json;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Converts refusals into error responses of IoT Hub, with the header <c>iothub-errorcode</c> and the same code in the body.</summary>
internal sealed class ServiceErrors(HubState hub)
{
    public const string Header = "iothub-errorcode";

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false })
            {
                await AnswerAsync(context, HubError.ArgumentInvalid, $"there is no {context.Request.Method} {context.Request.Path}");
            }
        }
        catch (HubRequestException e)
        {
            await AnswerAsync(context, e.Error, e.Message);
        }
        catch (Exception e) when (e is BadHttpRequestException or JsonException or FormatException or InvalidOperationException)
        {
            await AnswerAsync(context, HubError.ArgumentInvalid, e.Message);
        }
    }

    private Task AnswerAsync(HttpContext context, HubError error, string message)
    {
        context.Response.StatusCode = error.Status;
        context.Response.Headers[Header] = error.Code;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(ErrorBody.Rest(error, message, hub.Time.GetUtcNow()).ToJsonString());
    }
}
