using System.Globalization;
using EdgeGateway.Simulators.Mcu.Host;

namespace EdgeGateway.Simulators.Mcu.CommandLine;

/// <summary>Commands of an operator or a test, one a line; each is answered by a line that starts with OK or ERROR.</summary>
internal sealed class OperatorConsole(McuFleet fleet, TextReader input, TextWriter output)
{
    private const string Help =
        "cut ID - cut the power; power ID - give it back; unplug LINE - pull the plug of a line, counted from 1; plug LINE - put it back; "
        + "silence ID MS - hears and says nothing for a while; show ID - the truth about it; quit";

    /// <summary>Serves until <c>quit</c> or <paramref name="stop"/>; an end of input alone ends nothing.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            // the console's own asynchronous read blocks and cannot be called back
            while (await Task.Run(input.ReadLine, stop).WaitAsync(stop) is { } line)
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words is ["quit"])
                {
                    return 0;
                }

                if (words.Length > 0)
                {
                    await output.WriteLineAsync(Answer(words));
                    await output.FlushAsync(stop);
                }
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the way to end it
        }

        return 0;
    }

    private string Answer(string[] words)
    {
        try
        {
            return Do(words);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or IOException)
        {
            return $"ERROR {wrong.Message}";
        }
    }

    private string Do(string[] words)
    {
        switch (words)
        {
            case ["help"]:
                return $"OK {Help}";
            case ["cut", var id]:
                fleet.CutPower(id);
                return $"OK {id} has no power";
            case ["power", var id]:
                fleet.PowerOn(id);
                return $"OK {id} boots";
            case ["unplug", var line]:
                fleet.Unplug(int.Parse(line, CultureInfo.InvariantCulture));
                return $"OK line {line} is unplugged";
            case ["plug", var line]:
                fleet.Plug(int.Parse(line, CultureInfo.InvariantCulture));
                return $"OK line {line} is plugged in";
            case ["silence", var id, var milliseconds]:
                fleet.Silence(id, TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)));
                return $"OK {id} is silent for {milliseconds} ms";
            case ["show", var id]:
                return $"OK {fleet.Inspect(id)}";
            default:
                return $"ERROR '{string.Join(' ', words)}' is no command. {Help}";
        }
    }
}
