using System.CommandLine;

namespace EdgeGateway.Simulators.Demo.SetUp;

/// <summary>The subcommand <c>set-up</c>: what an installer does once, for docker-compose.yml.</summary>
public static class SetUpCommand
{
    public static Command Create(Func<SetUpOptions, CancellationToken, Task<int>> run)
    {
        var hubData = new Option<DirectoryInfo>("--hub-data") { Description = "Data folder of the hub simulator.", Required = true };
        var service = Address("--service", "Address of the hub's service API, such as https://hub:8443.");
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder of the gateway's settings and keys.", Required = true };
        var seenAt = new Option<string>("--seen-at") { Description = "Where the gateway sees that folder.", Required = true };
        var first = Address("--first-line", "Where the first line listens, such as tcp://mcus:7001.");
        var mcus = new Option<int>("--mcus") { Description = "Microcontrollers in the fleet.", DefaultValueFactory = _ => 4 };
        var bus = new Option<int>("--bus") { Description = "Microcontrollers on each line.", DefaultValueFactory = _ => 1 };
        var baud = new Option<int>("--baud") { Description = "Speed of the lines.", DefaultValueFactory = _ => 115200 };
        var command = new Command("set-up", "Creates the identities of a site at a hub simulator and writes settings and keys for its gateway. May be repeated.")
        {
            hubData, service, output, seenAt, first, mcus, bus, baud,
        };
        command.SetAction((parsed, cancellation) => run(
            new SetUpOptions
            {
                HubData = parsed.GetValue(hubData)!,
                Service = parsed.GetValue(service)!,
                Output = parsed.GetValue(output)!,
                SeenAt = parsed.GetValue(seenAt)!,
                FirstLine = parsed.GetValue(first)!,
                Mcus = parsed.GetValue(mcus),
                McusPerBus = parsed.GetValue(bus),
                Baud = parsed.GetValue(baud),
            },
            cancellation));
        return command;
    }

    private static Option<Uri> Address(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Port > 0)
            {
                return address;
            }

            result.AddError($"{name} is '{result.Tokens[0].Value}'; expected an address with a port");
            return null;
        },
    };
}
