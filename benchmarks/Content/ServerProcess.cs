using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeGateway.Benchmarks.Content;

/// <summary>A server that is measured, as a process of its own; ended with everything it started.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly double TicksPerSecond = 100; // USER_HZ, fixed in Linux's interface
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts a program.</summary>
    public static ServerProcess Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in (string[])["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"])
        {
            start.Environment.Remove(variable);
        }

        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return new ServerProcess(process);
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Reads its output up to a line that begins with a text.</summary>
    public async Task<string> ReadLineAsync(string beginning, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                Drain();
                return line;
            }
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended without saying {beginning}.");
    }

    /// <summary>Waits until it listens.</summary>
    public async Task ListensAsync(int port, CancellationToken cancellationToken)
    {
        Drain();
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(50, cancellationToken);
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"{_process.StartInfo.FileName} does not listen at {port}.", e);
            }
        }
    }

    /// <summary>Processor time so far, of the process and those it started.</summary>
    public double CpuSeconds() => Family().Sum(Cpu);

    /// <summary>Most memory that was resident at once so far, bytes; of the largest where there are several.</summary>
    public long PeakMemory() => Family().Max(id => Status(id, "VmHWM:"));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // so that a master ends its workers
            if (Signal(_process.Id, Terminate) != 0 || !_process.WaitForExit(Patience))
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit();
            }
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    /// <summary>Reads what it says from now on, so that it never waits for a reader.</summary>
    private void Drain() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    private List<int> Family()
    {
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        return [_process.Id, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
    }

    private static double Cpu(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static long Status(int id, string name)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }
}
