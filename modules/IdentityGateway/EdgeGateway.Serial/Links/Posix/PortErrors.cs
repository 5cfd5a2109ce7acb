using System.Runtime.InteropServices;

namespace EdgeGateway.Serial.Links.Posix;

/// <summary>Turns error numbers of the system into failures and into words that tell the operator what to do.</summary>
internal static class PortErrors
{
    /// <summary>An error of a port that is being opened.</summary>
    public static LinkException Opening(string path, int errno) => errno switch
    {
        Errno.NoEntry or Errno.NotDirectory or Errno.Loop =>
            new(LinkFailure.Missing, $"There is no port {path}: plug it in, or correct its name (ls -l /dev/serial/by-id shows what is there)."),
        Errno.NoSuchAddress or Errno.NoDevice or Errno.Io =>
            new(LinkFailure.Missing, $"No device stands behind {path} ({Words(errno)}): plug it in again; in a container, bind /dev so that its files follow."),
        Errno.Access =>
            new(LinkFailure.NoPermission, $"{path} may not be opened by this user: add the user to the file's group, which is dialout on most systems."),
        Errno.Perm =>
            new(LinkFailure.NoPermission, $"{path} may not be opened here: a container needs a device rule for it (DeviceCgroupRules), a user its group (dialout)."),
        Errno.Busy => Busy(path, null),
        Errno.NotTty or Errno.IsDirectory or Errno.NameTooLong =>
            new(LinkFailure.BadSettings, $"{path} is no serial port ({Words(errno)})."),
        Errno.TooManyFiles or Errno.TooManyFilesInSystem =>
            new(LinkFailure.Io, $"{path} cannot be opened: too many files are open (ulimit -n)."),
        _ => new(LinkFailure.Io, $"{path} cannot be opened: {Words(errno)}."),
    };

    /// <summary>Another process holds the port.</summary>
    public static LinkException Busy(string path, string? holder) =>
        new(LinkFailure.Busy, $"{path} is in use by {holder ?? "another process"}: stop that, or give this line another port.");

    /// <summary>Whether a failed read or write means that the device is gone.</summary>
    public static bool IsUnplugged(int errno) => errno is Errno.Io or Errno.NoSuchAddress or Errno.NoDevice;

    /// <summary>The system's words for an error, with its number.</summary>
    public static string Words(int errno) => $"{Marshal.GetPInvokeErrorMessage(errno)}, errno {errno}";
}
