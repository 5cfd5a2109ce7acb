namespace EdgeGateway.Serial.Links.Posix;

/// <summary>Error numbers of Linux that links tell apart (include/uapi/asm-generic/errno-base.h, errno.h).</summary>
internal static class Errno
{
    public const int Perm = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int NoSuchAddress = 6;
    public const int Again = 11;
    public const int Access = 13;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int NotTty = 25;
    public const int NameTooLong = 36;
    public const int Loop = 40;
}
