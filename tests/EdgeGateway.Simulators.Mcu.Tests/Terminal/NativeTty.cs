using System.Runtime.InteropServices;

namespace EdgeGateway.Simulators.Mcu.Tests.Terminal;

/// <summary>What a host does to a terminal and .NET cannot.</summary>
internal static partial class NativeTty
{
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Get(int descriptor, nint request, out int value);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);
}
