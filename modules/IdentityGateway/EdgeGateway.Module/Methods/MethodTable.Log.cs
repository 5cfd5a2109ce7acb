namespace EdgeGateway.Module.Methods;

internal sealed partial class MethodTable
{
    [LoggerMessage(4300, LogLevel.Information, "Direct method {Method} of {Owner}: {Status}")]
    private partial void LogAnswered(string method, string owner, int status);

    [LoggerMessage(4301, LogLevel.Error, "Direct method {Method} of {Owner} crashed")]
    private partial void LogCrashed(Exception problem, string method, string owner);
}
