namespace EdgeGateway.Content.Files;

/// <summary>Turns what the disk says into what an operator can act on.</summary>
internal static class DiskProblem
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int NoSpaceOnAllocation = unchecked((int)0x80070070); // the framework's own code where it allocates ahead

    public static bool IsDiskError(Exception e) => e is (IOException and not ContentException) or UnauthorizedAccessException;

    public static ContentException Of(Exception e, string what, string folder) => e.HResult switch
    {
        NoSpace or NoSpaceOnAllocation => new ContentException(ContentFailure.Disk, $"The disk of {folder} is full: there is no room for {what}.", e),
        QuotaExceeded => new ContentException(ContentFailure.Disk, $"The disk quota of {folder} is used up: there is no room for {what}.", e),
        _ => new ContentException(ContentFailure.Disk, $"The content store {folder} cannot take {what}: {e.Message}", e),
    };
}
