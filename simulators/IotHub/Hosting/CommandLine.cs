using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.NetworkInformation;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>Defines the command line of the executable.</summary>
internal static class CommandLine
{
    private const string NoQuirk = "none";
    private const string LostConnectQuirk = "lost-connect";

    public static RootCommand Create(Func<IotHubSimulatorOptions, LogLevel, CancellationToken, Task<int>> run)
    {
        var address = new Option<IPAddress>("--address")
        {
            Description = "IP address to listen on. Several hubs can run on 127.0.0.2, 127.0.0.3 and so on.",
            DefaultValueFactory = _ => IPAddress.Loopback,
            CustomParser = ParseAddress,
        };
        var mqttPort = Port("--mqtt-port", 8883, "TCP port for MQTT over TLS");
        var httpsPort = Port("--https-port", 8443, "TCP port of HTTPS: the service REST API, and MQTT over WebSockets at /$iothub/websocket");
        var hostName = new Option<string>("--host-name")
        {
            Description = "Name of the hub in connection strings, tokens and the server certificate; for an edge hub, its own name in the certificate.",
            DefaultValueFactory = _ => "localhost",
        };
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Folder of the development CA, the owner's key, the identity registry and the queue to the hub above; created at the first start.",
            DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder),
        };
        var authority = new Option<FileInfo?>("--authority")
        {
            Description = "PEM file of a certificate authority with its key, which issues the server certificate, such as authority.pem in the data folder of another "
                + "simulator: clients then trust one file for all simulators. Default: an authority of its own.",
        };
        var certificate = new Option<FileInfo?>("--certificate")
        {
            Description = "PEM file of the server certificate and its intermediate certificates. Default: a certificate issued by the authority.",
        };
        var certificateKey = new Option<FileInfo?>("--certificate-key")
        {
            Description = "PEM file of that certificate's key; default: the same file.",
        };
        var quirk = new Option<string>("--quirk")
        {
            Description = "A fault to imitate. lost-connect: a CONNECT that arrives together with the last message of the TLS handshake is lost, as with "
                + "edgeHub 1.6.0 and 1.6.1.",
            DefaultValueFactory = _ => NoQuirk,
        };
        quirk.AcceptOnlyFromAmong(NoQuirk, LostConnectQuirk);
        var edge = new EdgeHubArguments();
        var level = new Option<LogLevel>("--log")
        {
            Description = "Lowest level of log lines, which are written to the error output.",
            DefaultValueFactory = _ => LogLevel.Warning,
        };
        var health = new Option<bool>("--health")
        {
            Description = "Checks whether a hub listens at the two ports on this machine: exit code 0 if so, else 1.",
        };
        var command = new RootCommand(
            "A stand-in for Azure IoT Hub on this machine: devices connect by MQTT 3.1.1 over TLS, services by the REST API. When it listens it "
            + "prints one line, READY and a JSON object with its addresses, its CA file and the owner's connection string, and writes the object to "
            + "ready.json in the data folder. With --upstream it is the edge hub of an IoT Edge device. Below /simulator it has an API of its own: clients, "
            + "statistics, telemetry, and switches such as {\"offline\":true} or, for an edge hub, {\"upstreamCut\":true}.")
        {
            address, mqttPort, httpsPort, hostName, data, authority, certificate, certificateKey, quirk, level, health,
        };
        foreach (var option in edge.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, cancellationToken) =>
        {
            if (result.GetValue(health))
            {
                return AreListening(result.GetValue(mqttPort), result.GetValue(httpsPort)) ? 0 : 1;
            }

            IotHubSimulatorOptions options;
            try
            {
                options = new IotHubSimulatorOptions
                {
                    Address = result.GetValue(address)!,
                    MqttPort = result.GetValue(mqttPort),
                    HttpsPort = result.GetValue(httpsPort),
                    HostName = result.GetValue(hostName)!,
                    DataFolder = result.GetValue(data)!.FullName,
                    AuthorityFile = result.GetValue(authority)?.FullName,
                    CertificateFile = result.GetValue(certificate)?.FullName,
                    CertificateKeyFile = result.GetValue(certificateKey)?.FullName,
                    Quirk = result.GetValue(quirk) == LostConnectQuirk ? Quirk.LostConnect : Quirk.None,
                    EdgeHub = edge.Read(result),
                };
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync($"The simulator did not start: {e.Message}");
                return 1;
            }

            return await run(options, result.GetValue(level), cancellationToken);
        });
        return command;
    }

    private static bool AreListening(params int[] ports) =>
        !ports.Except(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port)).Any();

    private static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "EdgeGateway",
        "IotHubSimulator");

    private static Option<int> Port(string name, int standard, string what)
    {
        var option = new Option<int>(name)
        {
            Description = $"{what}; 0 for any free port.",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 0 or > 65535)
            {
                result.AddError($"{name} is {port}, it must be 0 to 65535.");
            }
        });
        return option;
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
        {
            return address;
        }

        result.AddError($"--address is '{result.Tokens[0].Value}', it must be an IP address such as 127.0.0.1.");
        return null;
    }
}
