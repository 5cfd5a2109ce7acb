using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Hosting;

/// <summary>The settings and the environment as one attempt to start read them.</summary>
/// <param name="Layers">Layers of the settings; null where the settings file itself cannot be read.</param>
/// <param name="Settings">What was read; defaults where there are mistakes.</param>
/// <param name="Environment">What the IoT Edge runtime says.</param>
/// <param name="Mistakes">What is wrong; empty where nothing is.</param>
internal sealed record StartAttempt(
    SettingsLayers? Layers, GatewaySettings Settings, RuntimeEnvironment Environment, IReadOnlyList<SettingsError> Mistakes)
{
    /// <summary>Gets the mistakes that keep the gateway from running.</summary>
    public IReadOnlyList<SettingsError> Blocking => [.. Mistakes.Where(m => m.Blocks)];

    /// <summary>Reads files, environment and command line now.</summary>
    public static StartAttempt Read(GatewayArguments arguments)
    {
        var environment = RuntimeEnvironment.Read();
        try
        {
            var layers = SettingsLayers.Read(SettingsFiles.Choose(arguments.SettingsFile, File.Exists), arguments.Values, environment);
            var reading = SettingsReader.Read(layers.Others, environment);
            return new StartAttempt(layers, reading.Settings, environment, reading.Errors);
        }
        catch (SettingsException e)
        {
            // the layers above the file still say where to report
            var rest = SettingsReader.Read(SettingsLayers.Read(null, arguments.Values, environment).Others, environment);
            return new StartAttempt(null, rest.Settings, environment, e.Errors);
        }
    }

    /// <summary>Reads the same and tries to write to the data folder.</summary>
    public static StartAttempt ReadToRun(GatewayArguments arguments)
    {
        var attempt = Read(arguments);
        return attempt.Blocking.Count == 0 && DataFolderCheck.Find(attempt.Settings.Module.DataFolder) is { } mistake
            ? attempt with { Mistakes = [.. attempt.Mistakes, mistake] }
            : attempt;
    }

    /// <summary>
    /// Returns the settings with each mistake in the sections Hub, Web and Module replaced by its default, so that these can be used to report
    /// the mistakes.
    /// </summary>
    public GatewaySettings Usable()
    {
        foreach (var part in (object[])[Settings.Hub, Settings.Web, Settings.Module])
        {
            var defaults = Activator.CreateInstance(part.GetType())!;
            var section = part switch { _ when part == Settings.Hub => "Hub", _ when part == Settings.Web => "Web", _ => "Module" };
            foreach (var property in SettingsShape.PropertiesOf(part.GetType()))
            {
                if (Mistakes.Any(m => m.Blocks && string.Equals(m.Key, $"{section}:{property.Name}", StringComparison.OrdinalIgnoreCase)))
                {
                    property.SetValue(part, property.GetValue(defaults));
                }
            }
        }

        return Settings;
    }
}
