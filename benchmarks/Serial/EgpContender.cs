using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Drivers.Egp;
using EdgeGateway.Serial.Links;
using EdgeGateway.Simulators.Mcu.Host;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Benchmarks.Serial;

/// <summary>The gateway's own protocol: the product's driver on a pseudo-terminal, a simulated microcontroller behind it.</summary>
internal sealed class EgpContender : ISerialContender
{
    public string Name => "EdgeGateway";

    public async Task<SerialResult> RunAsync(SerialCase line, string file, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
        try
        {
            var image = new FileImage(await File.ReadAllBytesAsync(file, cancellationToken));
            using var fleet = new McuFleet(
                new FleetOptions
                {
                    StateFolder = folder.FullName,
                    Mcus = 1,
                    Seed = seed,
                    BootTime = TimeSpan.Zero,
                    DigestRate = 0,
                    Line = new Simulators.Mcu.Lines.LineOptions
                    {
                        Baud = line.Baud,
                        Latency = TimeSpan.FromMilliseconds(line.TurnaroundMilliseconds),
                        BitErrorRate = line.BitErrorRate,
                    },
                },
                TimeProvider.System);
            fleet.Start();
            using var links = new SerialLinkFactory(NullLoggerFactory.Instance, TimeProvider.System);
            await using var bus = new McuBus(
                links.Create(new LineOptions { Port = fleet.Lines[0].Port, BaudRate = line.Baud }), halfDuplex: false, TimeProvider.System);
            var port = new EgpPort(bus, 0, NullLogger<EgpDriver>.Instance);
            return SerialResult.Done(Name, line, image.Size, await SendAsync(port, image, cancellationToken));
        }
        catch (Exception exception) when (exception is McuException or LinkException)
        {
            return SerialResult.Failed(Name, line, exception.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TimeSpan> SendAsync(EgpPort port, FileImage image, CancellationToken cancellationToken)
    {
        await using var driver = await port.ConnectAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var facts = await driver.IdentifyAsync(cancellationToken);
        var target = new FirmwareTarget(facts.Vendor, facts.Model, "2.0.0");
        var offset = await driver.OfferAsync(image, target, cancellationToken);
        await driver.TransferAsync(image, offset, progress: null, cancellationToken);
        await driver.VerifyAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }
}
