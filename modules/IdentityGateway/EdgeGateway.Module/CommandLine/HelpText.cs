using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.CommandLine;

/// <summary>What <c>--help</c> prints: the arguments, and every setting with its type and default.</summary>
internal static class HelpText
{
    public static void Write(TextWriter output)
    {
        output.WriteLine($"""
            EdgeGateway {ProductVersion.Text}: every microcontroller on a serial line is an IoT Hub device of its own.

            Usage: EdgeGateway.Module [--settings FILE] [--Section:Key=value]...

              --settings FILE        Settings file, JSON with comments. Default: {SettingsFiles.DefaultFile} if it exists,
                                     else {SettingsFiles.FallbackFile} beside the executable.
              --Section:Key=value    One setting; counts before the environment, which counts before the file.
              --check                Checks the settings, lists every mistake, and ends: 0 if all is right, else 1.
              --health               Asks the running gateway at Web:Port for its life: 0 if it is alive, else 1.
              --version              Prints the version.
              --help                 Prints this.

            Environment: {SettingsFiles.EnvironmentPrefix}Section__Key=value, and what IoT Edge sets (IOTEDGE_*, RuntimeLogLevel).
            Exit codes: 0 stopped on request, 1 not right (--check) or not alive (--health), 2 arguments wrong, 3 crashed.
            Wrong settings do not end the gateway: it reports them, and runs as soon as they are corrected (docs/operations.md).

            Settings (N counts from 0; docs/settings.md explains each):
            """);
        foreach (var key in SettingsShape.Keys())
        {
            output.WriteLine($"  {key.Name,-34} {ScalarText.Describe(key.Type)}{Default(key.Default)}");
        }
    }

    private static string Default(object? value) =>
        value is null or "" ? "" : $", default {ScalarText.Format(value)}";
}
