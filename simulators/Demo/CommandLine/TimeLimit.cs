namespace EdgeGateway.Simulators.Demo.CommandLine;

/// <summary>How long a deployment may take: generous, so that reaching it means that something stands still.</summary>
public static class TimeLimit
{
    private const int BitsPerByte = 10;
    private const double Slack = 3;
    private const int BytesPerTurnaround = 1024;
    private static readonly TimeSpan Basis = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PerMcu = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PerMcuOnBus = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PerLayer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(60);

    public static TimeSpan For(DemoOptions options, int imageBytes)
    {
        if (options.Timeout is { } given)
        {
            return given;
        }

        var line = TimeSpan.FromSeconds((double)imageBytes * BitsPerByte / options.Baud)
            + TimeSpan.FromMilliseconds((double)imageBytes / BytesPerTurnaround * options.LatencyMilliseconds);
        var bus = options.McusPerBus * (line * Slack + PerMcuOnBus);
        return Basis + options.Mcus * PerMcu + options.Layers * PerLayer + bus + (options.KillGateway ? Restart : TimeSpan.Zero);
    }
}
