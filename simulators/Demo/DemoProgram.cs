using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Compose;
using EdgeGateway.Simulators.Demo.Deployment;
using EdgeGateway.Simulators.Demo.Display;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Layers;
using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Simulators.Demo.Reporting;
using EdgeGateway.Simulators.Demo.Running;
using Spectre.Console;

namespace EdgeGateway.Simulators.Demo;

/// <summary>The demo from its options to its exit code.</summary>
/// <param name="console">Where people look.</param>
/// <param name="output">The same place, for plain lines.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="executables">The programs it starts.</param>
/// <param name="time">Clock.</param>
public sealed class DemoProgram(IAnsiConsole console, TextWriter output, TextWriter errors, Executables executables, TimeProvider time)
{
    /// <summary>Every microcontroller runs the new image, and every twin says so.</summary>
    public const int Success = 0;

    /// <summary>Something else.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;

    public async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
    {
        using var folder = new RunFolder();
        var code = await RunInAsync(folder, options, cancellation);
        folder.Keep = options.Keep || code == Failure;
        if (folder.Keep)
        {
            output.WriteLine($"Logs and state are kept in {folder.Path}");
        }

        return code;
    }

    private async Task<int> RunInAsync(RunFolder folder, DemoOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var site = Create(folder, options);
            return await RunAtAsync(site, options, cancellation);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && (e is OperationCanceledException or ProcessFailedException))
        {
            // Ctrl-C in a terminal reaches the processes too: that they end then is no failure of theirs
            errors.WriteLine("Interrupted; everything that was started is ended.");
            return Interrupted;
        }
        catch (Exception e) when (e is DemoFailedException or ProcessFailedException or HubRestException
            or HttpRequestException or IOException or InvalidDataException)
        {
            errors.WriteLine(e.Message);
            return Failure;
        }
    }

    private ISite Create(RunFolder folder, DemoOptions options) => options switch
    {
        { Compose: true } => new ComposeSite(options, folder, time),
        { Layers: > 1 } => new LayeredSite(options, folder, executables, time),
        _ => new Site(options, folder, executables, time),
    };

    private async Task<int> RunAtAsync(ISite site, DemoOptions options, CancellationToken cancellation)
    {
        var image = options.Image is { } file ? await FirmwareImage.LoadAsync(file, cancellation) : null;
        var live = !options.Plain && console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
        IProgressView view = live ? new LiveView(console) : new PlainView(output);
        output.WriteLine(site.Describe());
        var run = new DemoRun(site, time);
        var fleet = await UnlessBrokenAsync(site, async stop =>
        {
            await site.StartAsync(stop);
            return await view.ShowAsync(sink => run.FollowAsync(image, sink, stop));
        }, cancellation);

        var report = new ReportBuilder(site.Options.Baud).Build(
            run.ImageBytes, await run.OriginBytesAsync(cancellation), fleet, await run.GatewayCostAsync(cancellation));
        SummaryTable.Write(report, console);
        if (options.Report is { } path)
        {
            await ReportFile.WriteAsync(report, path, cancellation);
        }

        if (run.MissingProof(fleet) is { } missing)
        {
            errors.WriteLine(missing);
            return Failure;
        }

        return fleet.IsSuccess ? Success : Failure;
    }

    // a process that ends by itself ends the run at once, with its own words for a reason
    private static async Task<FleetSnapshot> UnlessBrokenAsync(
        ISite site, Func<CancellationToken, Task<FleetSnapshot>> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = work(stop.Token);
        if (await Task.WhenAny(working, site.Broken) == working)
        {
            return await working;
        }

        await stop.CancelAsync();
        await working.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await site.Broken;
        throw new InvalidOperationException("a broken site has no result");
    }
}
