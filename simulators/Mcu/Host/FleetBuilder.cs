using System.Globalization;
using System.Net;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using EdgeGateway.Simulators.Mcu.Node;
using EdgeGateway.Simulators.Mcu.Node.Boot;
using EdgeGateway.Simulators.Mcu.Terminal;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>Makes the microcontrollers and lines of a fleet from its options; the same options make the same fleet.</summary>
internal sealed class FleetBuilder(FleetOptions options) : IDisposable
{
    private const int LeastIdDigits = 2;
    private const int LeastFactoryImage = 6 * 1024;
    private const int GreatestFactoryImage = 12 * 1024;

    private readonly Random _random = new(options.Seed);
    private readonly List<FileFlashMedium> _media = [];

    public List<SimulatedMcu> Mcus { get; } = [];

    public List<HostedLine> Lines { get; } = [];

    public FleetBuilder Build()
    {
        options.Validate();
        var links = options.LinksFolder ?? Path.Combine(options.StateFolder, "lines");
        Directory.CreateDirectory(links);
        var image = new byte[Math.Min(_random.Next(LeastFactoryImage, GreatestFactoryImage), options.Geometry.SlotSize)];
        _random.NextBytes(image);
        var digits = Math.Max(LeastIdDigits, (options.First + options.Mcus - 1).ToString(CultureInfo.InvariantCulture).Length);
        foreach (var group in Enumerable.Range(options.First, options.Mcus).Chunk(options.McusPerLine))
        {
            var mcus = group.Select((number, place) => MakeMcu($"mcu-{number.ToString($"D{digits}", CultureInfo.InvariantCulture)}", number, place, image));
            Lines.Add(MakeLine([.. mcus], Path.Combine(links, $"line-{Lines.Count + 1}")));
        }

        foreach (var fault in options.Faults.Where(fault => fault.McuId is not null && !Mcus.Exists(mcu => mcu.Options.Id == fault.McuId)))
        {
            throw new ArgumentException($"There is no microcontroller '{fault.McuId}' to have a fault; {Mcus[0].Options.Id} to {Mcus[^1].Options.Id} are there.");
        }

        return this;
    }

    public void Dispose()
    {
        foreach (var medium in _media)
        {
            medium.Dispose();
        }
    }

    private SimulatedMcu MakeMcu(string id, int number, int place, byte[] image)
    {
        var faults = options.Faults.Where(fault => fault.IsFor(id)).ToList();
        var folder = Path.Combine(options.StateFolder, id);
        Directory.CreateDirectory(folder);
        var medium = new FileFlashMedium(Path.Combine(folder, "flash.bin"), options.Geometry);
        _media.Add(medium);
        var flash = new NorFlash(medium, options.Geometry, _random.Next());
        Factory.InstallIfBlank(flash, image, options.FactoryVersion);

        var sharesAddress = place > 0 && faults.Exists(fault => fault.Kind == FaultKind.DuplicateAddress);
        var sharesSerial = faults.Exists(fault => fault.Kind == FaultKind.DuplicateSerial);
        var mcu = new SimulatedMcu(
            new McuOptions
            {
                Id = id,
                SerialNumber = string.Create(CultureInfo.InvariantCulture, $"SN{(sharesSerial ? 1 : number):D8}"),
                Address = (byte)(sharesAddress ? place : place + 1),
                HalfDuplex = options.McusPerLine > 1,
                Vendor = options.Vendor,
                Model = options.Model,
                HardwareRevision = options.HardwareRevision,
                Geometry = options.Geometry,
                EraseTime = options.EraseTime,
                ProgramTime = options.ProgramTime,
                DigestRate = options.DigestRate,
                Window = options.Window,
                MaxPayload = options.MaxPayload,
                MaxRanges = options.MaxRanges,
                BootTime = options.BootTime,
                CharacterTime = options.Line.CharacterTime,
            },
            flash,
            _random.Next());
        faults.ForEach(fault => fault.Apply(mcu.Faults));
        Mcus.Add(mcu);
        return mcu;
    }

    private HostedLine MakeLine(SimulatedMcu[] mcus, string link)
    {
        var halfDuplex = options.McusPerLine > 1;
        var line = new McuLine(
            new McuLineOptions { Line = options.Line, HalfDuplex = halfDuplex, Echo = options.Echo && halfDuplex }, mcus, _random.Next());
        var listen = options.Listen.Port == 0 ? options.Listen : new IPEndPoint(options.Listen.Address, options.Listen.Port + Lines.Count);
        return new HostedLine(line, () =>
        {
            if (!options.Tcp)
            {
                return new PseudoTerminal(link);
            }

            var terminal = new TcpTerminal(listen);
            listen = terminal.Endpoint;
            return terminal;
        });
    }
}
