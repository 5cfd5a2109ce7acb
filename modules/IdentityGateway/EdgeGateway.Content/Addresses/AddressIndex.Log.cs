using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Addresses;

internal sealed partial class AddressIndex
{
    [LoggerMessage(3032, LogLevel.Warning, "The address of content {Digest} cannot be noted; after a restart it is asked again: {Reason}")]
    private partial void LogNotNoted(Sha256Digest digest, string reason);

    [LoggerMessage(3033, LogLevel.Warning, "The note of an address of content {Digest} cannot be deleted: {Reason}")]
    private partial void LogNoteStays(Sha256Digest digest, string reason);
}
