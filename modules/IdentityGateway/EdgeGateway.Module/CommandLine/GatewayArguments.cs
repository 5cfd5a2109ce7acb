namespace EdgeGateway.Module.CommandLine;

/// <summary>The parsed command line.</summary>
public sealed class GatewayArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];

    /// <summary>Gets the command; <see cref="GatewayCommand.Run"/> where none is given.</summary>
    public GatewayCommand Command { get; private set; } = GatewayCommand.Run;

    /// <summary>Gets the settings file; null where none is named.</summary>
    public string? SettingsFile { get; private set; }

    /// <summary>Gets the single settings: <c>--Hub:Port=8884</c>.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Gets a message for each argument that is not known.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Parses the arguments; mistakes are collected in <see cref="Errors"/>.</summary>
    public static GatewayArguments Parse(IReadOnlyList<string> args)
    {
        var result = new GatewayArguments();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var argument))
        {
            result.Take(argument, rest);
        }

        return result;
    }

    private void Take(string argument, Queue<string> rest)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        var value = equals < 0 ? null : argument[(equals + 1)..];
        switch (name)
        {
            case "--help" or "-h" when value is null:
                Command = GatewayCommand.Help;
                break;
            case "--version" when value is null:
                Command = GatewayCommand.Version;
                break;
            case "--check" when value is null:
                Command = Command == GatewayCommand.Run ? GatewayCommand.Check : Command;
                break;
            case "--health" when value is null:
                Command = Command == GatewayCommand.Run ? GatewayCommand.Health : Command;
                break;
            case "--settings" when (value ??= Next(rest)) is { Length: > 0 }:
                SettingsFile = value;
                break;
            case "--settings":
                _errors.Add("--settings needs the name of a file.");
                break;
            case ['-', '-', not '-', ..] when name.Contains(':', StringComparison.Ordinal):
                TakeSetting(name[2..], value ?? Next(rest));
                break;
            default:
                _errors.Add($"'{argument}' is not an argument; --help lists them. A setting is given as --Section:Key=value.");
                break;
        }
    }

    private void TakeSetting(string key, string? value)
    {
        if (value is null)
        {
            _errors.Add($"--{key} needs a value: --{key}=value.");
        }
        else
        {
            _values[key] = value;
        }
    }

    private static string? Next(Queue<string> rest) =>
        rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal) ? rest.Dequeue() : null;
}

/// <summary>The commands of the executable.</summary>
public enum GatewayCommand
{
    /// <summary>Runs the gateway.</summary>
    Run,

    /// <summary>Checks the settings.</summary>
    Check,

    /// <summary>Asks the running gateway whether it is alive.</summary>
    Health,

    /// <summary>Prints the help.</summary>
    Help,

    /// <summary>Prints the version.</summary>
    Version,
}
