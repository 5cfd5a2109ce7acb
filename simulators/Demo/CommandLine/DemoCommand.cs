using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeGateway.Simulators.Demo.Layers;
using EdgeGateway.Simulators.Demo.SetUp;

namespace EdgeGateway.Simulators.Demo.CommandLine;

/// <summary>The command line of the demo.</summary>
public sealed class DemoCommand
{
    private readonly Option<int> _mcus = Ranged("--mcus", "Microcontrollers in the fleet.", 4, 1, 1000);
    private readonly Option<FileInfo?> _image = new("--image") { Description = "Image to roll out. Default: one is made, of 64 KiB, or with layers of 256 KiB." };
    private readonly Option<int> _baud = Ranged("--baud", "Speed of the lines.", 115200, 300, 12_000_000);
    private readonly Option<double> _latency = Ranged("--latency", "Turnaround of the lines in milliseconds.", 2.0, 0, 1000);
    private readonly Option<double> _noise = Ranged("--noise", "Share of bits that noise turns over, such as 1e-6.", 0.0, 0, 1e-3);
    private readonly Option<int> _bus = Ranged("--bus", "Microcontrollers on each line.", 1, 1, 32);
    private readonly Option<int> _layers = Ranged("--layers", "Gateways behind gateways; microcontrollers are on the last.", 1, 1, LayerNames.Most);
    private readonly Option<bool> _killGateway = new("--kill-gateway")
    {
        Description = "Kill the gateway (kill -9) in mid-transfer, then start it again.",
    };

    private readonly Option<bool> _compose = new("--compose")
    {
        Description = "In containers, by docker-compose.yml; if that runs already it is taken as it is, whatever is asked of the fleet.",
    };

    private readonly Option<bool> _plain = new("--plain") { Description = "Plain lines instead of a live picture." };
    private readonly Option<FileInfo?> _report = new("--report") { Description = "File to write the report to, as JSON." };
    private readonly Option<int> _seed = Ranged("--seed", "Seed of the image that is made and of the noise.", 1, 0, int.MaxValue);
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep logs and state after success too." };
    private readonly Option<double?> _timeout = Optional(
        "--timeout", "Longest time of the update in seconds. Default: derived from size, speed and fleet.", 1.0, 1_000_000);

    /// <param name="run">Runs the demo.</param>
    /// <param name="setUp">Sets a site of containers up.</param>
    public DemoCommand(Func<DemoOptions, CancellationToken, Task<int>> run, Func<SetUpOptions, CancellationToken, Task<int>> setUp)
    {
        _image.Validators.Add(result =>
        {
            if (result.GetValue(_image) is { Exists: false } file)
            {
                result.AddError($"--image: {file.FullName} does not exist");
            }
        });
        Root = new RootCommand("Updates a fleet of simulated microcontrollers, each through its own twin.")
        {
            _mcus, _image, _baud, _latency, _noise, _bus, _layers, _killGateway, _compose, _plain, _report, _seed, _keep, _timeout,
            SetUpCommand.Create(setUp),
        };
        Root.Validators.Add(result =>
        {
            if (result.GetValue(_compose) && result.GetValue(_layers) > 1)
            {
                result.AddError("--layers and --compose do not go together: docker-compose.yml has one gateway");
            }
        });
        Root.SetAction((parsed, cancellation) => run(Bind(parsed), cancellation));
    }

    public RootCommand Root { get; }

    private DemoOptions Bind(ParseResult parsed) => new()
    {
        Mcus = parsed.GetValue(_mcus),
        Image = parsed.GetValue(_image),
        Baud = parsed.GetValue(_baud),
        LatencyMilliseconds = parsed.GetValue(_latency),
        Noise = parsed.GetValue(_noise),
        McusPerBus = parsed.GetValue(_bus),
        Layers = parsed.GetValue(_layers),
        KillGateway = parsed.GetValue(_killGateway),
        Compose = parsed.GetValue(_compose),
        Plain = parsed.GetValue(_plain),
        Report = parsed.GetValue(_report),
        Seed = parsed.GetValue(_seed),
        Keep = parsed.GetValue(_keep),
        Timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static Option<T> Ranged<T>(string name, string description, T byDefault, T least, T most)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result => CheckRange(result, name, least, most));
        return option;
    }

    private static Option<T?> Optional<T>(string name, string description, T least, T most)
        where T : struct, IComparable<T>, IParsable<T>
    {
        var option = new Option<T?>(name) { Description = description };
        option.Validators.Add(result => CheckRange(result, name, least, most));
        return option;
    }

    // a word that is no number has an error already
    private static void CheckRange<T>(OptionResult result, string name, T least, T most)
        where T : struct, IComparable<T>, IParsable<T>
    {
        if (result.Tokens is [{ Value: var text }] && T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
        {
            result.AddError(FormattableString.Invariant($"{name} is {value}; expected {least} to {most}"));
        }
    }
}
