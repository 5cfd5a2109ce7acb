using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Workflow.Journal;

internal sealed partial class FileUpdateJournal
{
    [LoggerMessage(3280, LogLevel.Error,
        "The journal {File} makes no sense ({Reason}) and was set aside as {Aside}; twin and microcontroller tell how things stand.")]
    private partial void LogSetAside(string file, string reason, string aside);
}
