using System.CommandLine;
using System.Net;
using System.Net.NetworkInformation;
using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin;

/// <summary>Defines the command line of the executable.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Func<OriginOptions, CancellationToken, Task<int>> run)
    {
        var address = new Option<IPAddress>("--address")
        {
            Description = "IP address to listen on.",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = result =>
            {
                if (IPAddress.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    return parsed;
                }

                result.AddError($"--address is '{result.Tokens[0].Value}', it must be an IP address such as 127.0.0.1.");
                return null;
            },
        };
        var port = new Option<int>("--port") { Description = "TCP port, 0 to 65535; 0 for any free port." };
        var root = new Option<DirectoryInfo>("--root") { Description = "Folder of the files to serve.", Required = true };
        var fault = new Option<string>("--fault")
        {
            Description = $"What goes wrong with each request that does not ask for a fault itself: {string.Join(", ", Fault.Names)}.",
            DefaultValueFactory = _ => "none",
        };
        var after = new Option<string?>("--after")
        {
            Description = "Body bytes before the fault; with 'long', bytes too many.",
        };
        var rate = new Option<string?>("--rate") { Description = "Bytes per second of the fault 'slow'; default 1." };
        var uploads = new Option<bool>("--uploads") { Description = "Stores files that are PUT, for every client that reaches the port." };
        var health = new Option<bool>("--health")
        {
            Description = "Checks whether an origin listens at the port on this machine: exit code 0 if so, else 1.",
        };
        var command = new RootCommand(
            "An HTTP origin for firmware files, with ranges, a count of the bytes served (GET /statistics) and faults on demand "
            + "(?fault=...&after=...&rate=...). When it listens it prints one line, READY and a JSON object with its address.")
        {
            address, port, root, fault, after, rate, uploads, health,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > 65535)
            {
                result.AddError($"--port is {number}, it must be 0 to 65535.");
            }
        });
        command.Validators.Add(result =>
        {
            try
            {
                Fault.Parse(result.GetValue(fault) ?? "none", result.GetValue(after), result.GetValue(rate));
            }
            catch (FormatException e)
            {
                result.AddError(e.Message);
            }
        });
        command.SetAction((result, cancellationToken) => result.GetValue(health)
            ? Task.FromResult(IsListening(result.GetValue(port)) ? 0 : 1)
            : run(
                new OriginOptions
                {
                    Address = result.GetValue(address)!,
                    Port = result.GetValue(port),
                    Root = result.GetValue(root)!.FullName,
                    Uploads = result.GetValue(uploads),
                    Fault = Fault.Parse(result.GetValue(fault) ?? "none", result.GetValue(after), result.GetValue(rate)),
                },
                cancellationToken));
        return command;
    }

    private static bool IsListening(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(end => end.Port == port);
}
