using System.Diagnostics;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>A pair of programs of lrzsz, on a line of the same model.</summary>
internal sealed class LrzszContender : ISerialContender
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly string _send;
    private readonly string _receive;

    private LrzszContender(string name, string send, string receive) => (Name, _send, _receive) = (name, send, receive);

    /// <summary>ZMODEM as <c>sz</c> and <c>rz</c> speak it by themselves: streaming, 32-bit CRC.</summary>
    public static LrzszContender Zmodem { get; } = new("sz/rz", "sz -b -q", "rz -b -q -y");

    /// <summary>XMODEM with blocks of 1024 bytes and CRC.</summary>
    public static LrzszContender Xmodem1K { get; } = new("sx -k/rx", "sx -k -b -q", "rx -b -q -c received.bin");

    public string Name { get; }

    public async Task<SerialResult> RunAsync(SerialCase line, string file, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-").FullName;
        try
        {
            var size = new FileInfo(file).Length;
            var received = Path.Combine(folder, Name.StartsWith("sz", StringComparison.Ordinal) ? Path.GetFileName(file) : "received.bin");
            using var bridge = new PacedBridge(folder, line, seed);
            using var receiver = Start(_receive, bridge.ReceiverDevice, folder);
            await bridge.ReceiverSpoke.WaitAsync(Slack, cancellationToken); // a receiver that starts second throws away the first question
            using var sender = Start($"{_send} '{file}'", bridge.SenderDevice, folder);
            var limit = (2 * TimeSpan.FromSeconds(size / line.BytesPerSecond)) + Slack;
            if (!await EndAsync(limit, cancellationToken, sender, receiver))
            {
                return SerialResult.Failed(Name, line, $"not done in {limit.TotalSeconds:0} s");
            }

            return sender.ExitCode != 0 || receiver.ExitCode != 0
                ? SerialResult.Failed(Name, line, $"exit codes {sender.ExitCode} and {receiver.ExitCode}")
                : IsSame(file, received)
                    ? SerialResult.Done(Name, line, size, bridge.Busy)
                    : SerialResult.Failed(Name, line, "what arrived is not what was sent");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string command, string device, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec {command} <'{device}' >'{device}' 2>/dev/null");
        return Process.Start(start)!;
    }

    private static async Task<bool> EndAsync(TimeSpan limit, CancellationToken cancellationToken, params Process[] processes)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        try
        {
            await Task.WhenAll(processes.Select(process => process.WaitForExitAsync(ending.Token)));
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            foreach (var process in processes.Where(process => !process.HasExited))
            {
                process.Kill();
            }
        }
    }

    /// <summary>XMODEM pads its last block, so more may have arrived.</summary>
    private static bool IsSame(string sent, string received)
    {
        var expected = File.ReadAllBytes(sent);
        return File.Exists(received) && File.ReadAllBytes(received).AsSpan().StartsWith(expected);
    }
}
