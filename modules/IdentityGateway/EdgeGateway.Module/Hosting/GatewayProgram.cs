using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Health;

namespace EdgeGateway.Module.Hosting;

/// <summary>Runs the executable: command line in, exit code out. Wrong settings do not end it (<see cref="GatewayRun"/>).</summary>
internal sealed class GatewayProgram(TextWriter output, TextWriter errors)
{
    public const int Done = 0;
    public const int NotRight = 1;
    public const int BadArguments = 2;
    public const int Crashed = 3;

    public async Task<int> RunAsync(string[] args, CancellationToken stop = default)
    {
        var arguments = GatewayArguments.Parse(args);
        if (arguments.Errors.Count > 0)
        {
            await WriteAsync(arguments.Errors);
            return BadArguments;
        }

        switch (arguments.Command)
        {
            case GatewayCommand.Help:
                HelpText.Write(output);
                return Done;
            case GatewayCommand.Version:
                await output.WriteLineAsync(ProductVersion.Text);
                return Done;
            case GatewayCommand.Check:
                return await CheckAsync(arguments);
            case GatewayCommand.Health:
                var (isAlive, message) = await HealthProbe.AskAsync(StartAttempt.Read(arguments).Usable().Web);
                await (isAlive ? output : errors).WriteLineAsync(message);
                return isAlive ? Done : NotRight;
            default:
                return await RunAsync(arguments, stop);
        }
    }

    private async Task<int> CheckAsync(GatewayArguments arguments)
    {
        var attempt = StartAttempt.Read(arguments);
        var count = attempt.Mistakes.Count;
        if (count > 0)
        {
            await errors.WriteLineAsync(count == 1 ? "The settings have a mistake:" : $"The settings have {count} mistakes:");
            await WriteAsync(attempt.Mistakes.Select(m => $"  {m}"));
            return NotRight;
        }

        var lines = attempt.Settings.Lines;
        await output.WriteLineAsync(
            $"The settings are right: lines: {lines.Count}, microcontrollers: {lines.Sum(l => l.Mcus.Count)} ({attempt.Layers?.File ?? "no settings file"}).");
        return Done;
    }

    private async Task<int> RunAsync(GatewayArguments arguments, CancellationToken stop)
    {
        try
        {
            await new GatewayRun(arguments, TimeProvider.System).RunAsync(stop);
            return Done;
        }
#pragma warning disable CA1031 // last resort: the reason must be seen, and the exit code tell that it was no clean stop
        catch (Exception e)
#pragma warning restore CA1031
        {
            await errors.WriteLineAsync($"The gateway crashed: {e}");
            return Crashed;
        }
    }

    private async Task WriteAsync(IEnumerable<object> lines)
    {
        foreach (var line in lines)
        {
            await errors.WriteLineAsync(line.ToString());
        }
    }
}
