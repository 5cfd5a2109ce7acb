using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EdgeGateway.Simulators.Demo.Processes;

/// <summary>Sends SIGTERM, which .NET's Process cannot.</summary>
internal static partial class NativeSignal
{
    private const int SigTerm = 15;
    private const int NoSuchProcess = 3;

    /// <summary>Asks a process that we started, and have not reaped, to end. One that is gone already is no error.</summary>
    public static void Terminate(int pid)
    {
        if (Kill(pid, SigTerm) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new Win32Exception(error, $"SIGTERM to process {pid} failed");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
