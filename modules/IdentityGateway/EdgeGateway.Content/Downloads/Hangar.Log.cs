using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

internal sealed partial class Hangar
{
    [LoggerMessage(3040, LogLevel.Error, "Content {Digest} on disk is not what its name says; it is deleted, and downloaded again when it is wanted.")]
    private partial void LogReplaced(Sha256Digest digest);

    [LoggerMessage(3043, LogLevel.Warning, "Whether the address of content {Digest} holds it still cannot be asked; it is taken for true: {Reason}")]
    private partial void LogNotRenewed(Sha256Digest digest, string reason);
}
