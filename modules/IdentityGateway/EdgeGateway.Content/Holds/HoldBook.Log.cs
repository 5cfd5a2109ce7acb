using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Holds;

internal sealed partial class HoldBook
{
    [LoggerMessage(3030, LogLevel.Information, "The time of the hold on content {Digest} is over; nobody used it.")]
    private partial void LogOverdue(Sha256Digest digest);

    [LoggerMessage(3031, LogLevel.Warning, "The note of the hold on content {Digest} cannot be deleted; the hold comes back at the next start: {Reason}")]
    private partial void LogNoteStays(Sha256Digest digest, string reason);
}
