using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using EdgeGateway.Simulators.Mcu.Lines;

namespace EdgeGateway.Simulators.Mcu.CommandLine;

/// <summary>The command line of the simulator.</summary>
internal sealed class FleetCommand
{
    private readonly RootCommand _command = new(
        "Simulated microcontrollers on pseudo-terminals (or TCP ports) that speak the gateway's wire protocol. Prints one line READY {json} when the "
        + "ports are there, takes commands on stdin ('help' lists them), and stops on SIGTERM. The truth about each is kept in STATE/<id>/state.json.");

    private readonly Option<int> _mcus;
    private readonly Option<int> _first;
    private readonly Option<int> _bus;
    private readonly Option<bool> _echo;
    private readonly Option<int> _baud;
    private readonly Option<double> _latency;
    private readonly Option<double> _noise;
    private readonly Option<double> _lost;
    private readonly Option<double> _doubled;
    private readonly Option<double> _inserted;
    private readonly Option<int?> _seed;
    private readonly Option<string> _state;
    private readonly Option<string?> _links;
    private readonly Option<bool> _tcp;
    private readonly Option<IPEndPoint> _listen;
    private readonly Option<IPEndPoint?> _truth;
    private readonly Option<bool> _health;
    private readonly Option<int> _slotSize;
    private readonly Option<int> _eraseBlock;
    private readonly Option<int> _programUnit;
    private readonly Option<double> _erase;
    private readonly Option<double> _program;
    private readonly Option<int> _window;
    private readonly Option<int> _maxPayload;
    private readonly Option<byte> _maxRanges;
    private readonly Option<double> _boot;
    private readonly Option<string> _vendor;
    private readonly Option<string> _model;
    private readonly Option<string> _hardware;
    private readonly Option<string[]> _faults;

    public FleetCommand()
    {
        _mcus = Add("--mcus", "N", "How many microcontrollers; their ids are mcu-01, mcu-02, ...", 4);
        _first = Add("--first", "N", "Number of the first microcontroller, for fleets in several processes.", 1);
        _bus = Add("--bus", "N", "Microcontrollers on each line; more than 1 makes it a half-duplex bus with addresses 1 to N.", 1);
        _echo = Add("--echo", null, "On a bus the host hears its own bytes.", false);
        _baud = Add("--baud", "B", "Rate of the lines in bits per second; 0 = not paced.", 115200);
        _latency = Add("--latency", "MS", "How long after it was sent a byte reaches the host, as with a USB adapter.", 0.0);
        _noise = Add("--noise", "BER", "Share of data bits that flip, such as 1e-6.", 0.0);
        _lost = Add("--lost", "RATE", "Share of bytes that never arrive.", 0.0);
        _doubled = Add("--doubled", "RATE", "Share of bytes that arrive twice.", 0.0);
        _inserted = Add("--inserted", "RATE", "Bytes nobody sent, per byte sent.", 0.0);
        _seed = Add<int?>("--seed", "S", "Everything random follows from it; by default a fresh one, which is printed.", null);
        _state = Add("--state", "DIR", "Folder of the flash files; a fleet that is started again goes on with them.", "mcus");
        _links = Add<string?>("--links", "DIR", "Folder of the symbolic links line-1, line-2, ...; by default 'lines' in the state folder.", null);
        _tcp = Add("--tcp", null, "TCP ports instead of pseudo-terminals.", false);
        _listen = Add("--listen", "IP:PORT", "Where the first line listens on TCP, the next ones at the next ports; port 0 takes free ones.", new FleetOptions { StateFolder = "" }.Listen);
        _listen.CustomParser = ParseEndpoint;
        _truth = Add<IPEndPoint?>("--truth", "IP:PORT", "Where to serve the truth about all of them as JSON over HTTP; by default nowhere.", null);
        _truth.CustomParser = ParseEndpoint;
        _health = Add("--health", null, "Does nothing but say, by exit code 0, that a simulator listens at the port of --listen; else 1.", false);
        _slotSize = Add("--slot-size", "BYTES", "Size of each of the two image slots.", 1024 * 1024);
        _eraseBlock = Add("--erase-block", "BYTES", "Smallest piece of flash that can be erased.", 4096);
        _programUnit = Add("--program-unit", "BYTES", "Smallest piece of flash that can be programmed.", 8);
        _erase = Add("--erase-ms", "MS", "Time to erase a block.", 0.0);
        _program = Add("--program-us", "US", "Time to program a unit.", 0.0);
        _window = Add("--window", "BYTES", "Receive memory.", 8192);
        _maxPayload = Add("--max-payload", "BYTES", "Longest payload of a DATA frame.", 1024);
        _maxRanges = Add("--max-ranges", "N", "Ranges kept beyond a gap; 0 = the nodes drop them and have the gateway go back.", (byte)8);
        _boot = Add("--boot-ms", "MS", "Time from reset to first answer.", 300.0);
        _vendor = Add("--vendor", "NAME", "Vendor they tell.", "Contoso");
        _model = Add("--model", "NAME", "Class they tell.", "MCU-A");
        _hardware = Add("--hardware", "REVISION", "Hardware revision they tell.", "r1");
        _faults = Add(
            "--fault", "NAME[:OFFSET][@ID]", $"What is wrong with one of them, or with all. May be repeated. {string.Join(", ", FaultSpec.Names)}.", Array.Empty<string>());
        _command.SetAction(RunAsync);
    }

    public Task<int> InvokeAsync(string[] arguments) => _command.Parse(arguments).InvokeAsync();

    /// <summary>What the arguments ask for.</summary>
    /// <exception cref="FormatException">A fault is written wrong.</exception>
    public FleetOptions Read(ParseResult arguments) => new()
    {
        Mcus = arguments.GetValue(_mcus),
        First = arguments.GetValue(_first),
        McusPerLine = arguments.GetValue(_bus),
        Echo = arguments.GetValue(_echo),
        Line = new LineOptions
        {
            Baud = arguments.GetValue(_baud),
            Latency = TimeSpan.FromMilliseconds(arguments.GetValue(_latency)),
            BitErrorRate = arguments.GetValue(_noise),
            LostRate = arguments.GetValue(_lost),
            DoubledRate = arguments.GetValue(_doubled),
            InsertedRate = arguments.GetValue(_inserted),
        },
        Seed = arguments.GetValue(_seed) ?? Random.Shared.Next(),
        StateFolder = Path.GetFullPath(arguments.GetValue(_state)!),
        LinksFolder = arguments.GetValue(_links) is { } links ? Path.GetFullPath(links) : null,
        Tcp = arguments.GetValue(_tcp),
        Listen = arguments.GetValue(_listen)!,
        Geometry = new FlashGeometry
        {
            SlotSize = arguments.GetValue(_slotSize),
            EraseBlock = arguments.GetValue(_eraseBlock),
            ProgramUnit = arguments.GetValue(_programUnit),
        },
        EraseTime = TimeSpan.FromMilliseconds(arguments.GetValue(_erase)),
        ProgramTime = TimeSpan.FromMicroseconds(arguments.GetValue(_program)),
        Window = arguments.GetValue(_window),
        MaxPayload = arguments.GetValue(_maxPayload),
        MaxRanges = arguments.GetValue(_maxRanges),
        BootTime = TimeSpan.FromMilliseconds(arguments.GetValue(_boot)),
        Vendor = arguments.GetValue(_vendor)!,
        Model = arguments.GetValue(_model)!,
        HardwareRevision = arguments.GetValue(_hardware)!,
        Faults = [.. arguments.GetValue(_faults)!.Select(FaultSpec.Parse)],
    };

    /// <summary>Parses arguments without running anything.</summary>
    internal ParseResult Parse(string[] arguments) => _command.Parse(arguments);

    private Option<T> Add<T>(string name, string? value, string description, T byDefault)
    {
        var option = new Option<T>(name) { Description = description, HelpName = value, DefaultValueFactory = _ => byDefault };
        _command.Add(option);
        return option;
    }

    private static IPEndPoint? ParseEndpoint(ArgumentResult argument)
    {
        if (IPEndPoint.TryParse(argument.Tokens[0].Value, out var endpoint))
        {
            return endpoint;
        }

        argument.AddError($"{((OptionResult)argument.Parent!).Option.Name} is '{argument.Tokens[0].Value}', it must be an address and a port such as 127.0.0.1:7001.");
        return null;
    }

    private bool IsListening(ParseResult arguments) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(end => end.Port == arguments.GetValue(_listen)!.Port);

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        if (arguments.GetValue(_health))
        {
            return IsListening(arguments) ? 0 : 1;
        }

        try
        {
            var options = Read(arguments);
            using var fleet = new McuFleet(options, TimeProvider.System);
            fleet.Start();
            using var truth = arguments.GetValue(_truth) is { } endpoint ? new TruthServer(fleet, options, endpoint) : null;
            _ = truth?.ServeAsync();
            await Console.Error.WriteLineAsync($"seed {options.Seed.ToString(CultureInfo.InvariantCulture)}");
            await Console.Out.WriteLineAsync($"READY {ReadyLine.Of(fleet)}");
            var console = new OperatorConsole(fleet, Console.In, Console.Out).RunAsync(stop);
            await await Task.WhenAny(console, fleet.Ended);
            return await console;
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
