using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>The executable: command line in, exit code out. Wrong settings end it before any port is touched.</summary>
internal sealed class GatewayProgram(TextWriter output, TextWriter errors)
{
    public const int Done = 0;
    public const int BadSettings = 1;
    public const int BadArguments = 2;
    public const int Crashed = 3;

    public async Task<int> RunAsync(string[] args)
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
            default:
                return await RunAsync(arguments);
        }
    }

    private async Task<int> RunAsync(GatewayArguments arguments)
    {
        SettingsLayers layers;
        SettingsReading reading;
        try
        {
            var file = SettingsFiles.Choose(arguments.SettingsFile, File.Exists);
            layers = SettingsLayers.Read(file, arguments.Values, RuntimeEnvironment.Read());
            reading = SettingsReader.Read(layers.Others, layers.Environment);
            if (!reading.IsValid)
            {
                throw new SettingsException(reading.Errors);
            }

            if (arguments.Command == GatewayCommand.Run)
            {
                DataFolderCheck.Check(reading.Settings.Module.DataFolder);
            }
        }
        catch (SettingsException e)
        {
            var count = e.Errors.Count;
            await errors.WriteLineAsync(count == 1 ? "The settings hold a mistake:" : $"The settings hold {count} mistakes:");
            await WriteAsync(e.Errors.Select(m => $"  {m}"));
            return BadSettings;
        }

        if (arguments.Command == GatewayCommand.Check)
        {
            var lines = reading.Settings.Lines;
            await output.WriteLineAsync(
                $"The settings are right: lines: {lines.Count}, microcontrollers: {lines.Sum(l => l.Mcus.Count)} ({layers.File ?? "no settings file"}).");
            return Done;
        }

        return await RunHostAsync(layers, reading.Settings);
    }

    private async Task<int> RunHostAsync(SettingsLayers layers, GatewaySettings settings)
    {
        try
        {
            await GatewayHost.Build(layers, settings).RunAsync();
            return Done;
        }
        catch (OptionsValidationException e)
        {
            await errors.WriteLineAsync("The settings hold mistakes:");
            await WriteAsync(e.Failures.Select(f => $"  {f}"));
            return BadSettings;
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
