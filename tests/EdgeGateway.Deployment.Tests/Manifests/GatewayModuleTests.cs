using System.Text.Json.Nodes;
using EdgeGateway.Deployment.Tests.Rules;
using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>What the manifests tell the gateway is what the gateway understands.</summary>
public sealed class GatewayModuleTests : IDisposable
{
    private const string Prefix = SettingsFiles.EnvironmentPrefix;
    private const string HostFolder = "/etc/edgegateway";
    private readonly TempFolder _host = new();

    public GatewayModuleTests()
    {
        File.WriteAllText(_host.File("group.key"), Convert.ToBase64String(new byte[32]));
        File.WriteAllText(_host.File("children.json"), $$"""{"edge-l2/IdentityGateway":"{{Convert.ToBase64String(new byte[32])}}"}""");
    }

    public static TheoryData<string> Names => Manifest.AllNames;

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Environment_Settings_AreSettingsOfTheModule(string name)
    {
        var manifest = Manifest.Read(name);
        var reading = SettingsReader.Read(Settings(manifest), Runtime(manifest));

        reading.Errors.Should().BeEmpty();
        reading.Settings.Hub.GatewayHostName.Should().Be(manifest.IsBelow ? "edge-l3.plant.example" : "contoso.azure-devices.net");
        reading.Settings.Credentials.GroupKeyFile.Should().Be(_host.File("group.key"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Environment_OtherVariables_AreKnown(string name) =>
        Manifest.Read(name).Variables.Keys.Where(k => !k.StartsWith(Prefix, StringComparison.Ordinal)).Should().BeSubsetOf(["RuntimeLogLevel"]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Twin_Settings_AreTakenByTheModule(string name)
    {
        var manifest = Manifest.Read(name);

        var wishes = DesiredSettings.Read(manifest.Twin.AsObject());

        wishes.Errors.Should().BeEmpty();
        wishes.Values.Should().NotBeEmpty();
        var layers = new ConfigurationBuilder().AddConfiguration(Settings(manifest)).AddInMemoryCollection(wishes.Values).Build();
        SettingsReader.Read(layers, Runtime(manifest)).Errors.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_Named_LieInFoldersThatAreMounted(string name)
    {
        var manifest = Manifest.Read(name);
        var mounted = manifest.Options["HostConfig"]!["Binds"]!.AsArray().Select(b => b!.GetValue<string>().Split(':')[1]).ToList();
        var files = manifest.Variables.Where(v => v.Key.EndsWith("File", StringComparison.Ordinal)).Select(v => v.Value!)
            .Concat(manifest.Options["Cmd"]?.AsArray().Select(a => a!.GetValue<string>()).Where(a => a[0] == '/') ?? [])
            .Append(new ModuleOptions().DataFolder + "/");

        files.Should().OnlyContain(file => mounted.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Container_IsHeldShort(string name)
    {
        var options = Manifest.Read(name).Options;
        var host = options["HostConfig"]!;

        host["ReadonlyRootfs"]!.GetValue<bool>().Should().BeTrue();
        host["Privileged"].Should().BeNull();
        host["CapDrop"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("ALL");
        host["SecurityOpt"]!.AsArray().Select(c => c!.GetValue<string>()).Should().Equal("no-new-privileges");
        host["Tmpfs"]!["/tmp"]!.GetValue<string>().Should().Contain("mode=1777").And.Contain("size=");
        host["LogConfig"]!["Config"]!["max-size"]!.GetValue<string>().Should().Be("10m");
        host["GroupAdd"]!.AsArray().Select(g => g!.GetValue<string>()).Should().Equal("20");
        options["User"].Should().BeNull("the image has a user that is not root");
        options["ExposedPorts"]!.AsObject().Select(p => p.Key).Should().Equal(
            Manifest.Read(name).IsAbove ? ["9600/tcp", "9443/tcp"] : ["9600/tcp"]);
        (host["PortBindings"]?["9600/tcp"]?[0]?["HostIp"]?.GetValue<string>() ?? "127.0.0.1").Should().Be("127.0.0.1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Container_StopTimeout_IsLongerThanTheStopOfTheModule(string name)
    {
        var seconds = Manifest.Read(name).Options["StopTimeout"]!.GetValue<int>();

        TimeSpan.FromSeconds(seconds).Should().BeGreaterThan(new ModuleOptions().StopTimeout + TimeSpan.FromSeconds(2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Container_CommandLines_AreOnesOfTheModule(string name)
    {
        var options = Manifest.Read(name).Options;
        var run = GatewayArguments.Parse(Texts(options["Cmd"]));
        run.Errors.Should().BeEmpty();
        run.Command.Should().Be(GatewayCommand.Run);
        var test = Texts(options["Healthcheck"]!["Test"]);
        test.Take(3).Should().Equal("CMD", "dotnet", "/app/EdgeGateway.Module.dll");
        var health = GatewayArguments.Parse([.. test.Skip(3)]);
        health.Errors.Should().BeEmpty();
        health.Command.Should().Be(GatewayCommand.Health);
        health.SettingsFile.Should().Be(run.SettingsFile, "it asks at the port that these settings name");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Container_SerialPorts_AreOneMappedOrAllByRule(string name)
    {
        var host = Manifest.Read(name).Options["HostConfig"]!;
        if (name.StartsWith("deployment.fixed-port.", StringComparison.Ordinal))
        {
            var device = host["Devices"]!.AsArray().Should().ContainSingle().Subject!;
            var path = device["PathOnHost"]!.GetValue<string>();
            path.Should().StartWith("/dev/serial/by-id/").And.Be(device["PathInContainer"]!.GetValue<string>());
            Manifest.Read(name).Variables[$"{Prefix}Lines__0__Port"].Should().Be(Path.GetFileName(path));
            host["DeviceCgroupRules"].Should().BeNull();
        }
        else
        {
            host["Binds"]!.AsArray().Select(b => b!.GetValue<string>()).Should().Contain("/dev:/dev");
            host["DeviceCgroupRules"]!.AsArray().Select(r => r!.GetValue<string>()).Should().OnlyContain(rule => IsSerialRule(rule));
            host["Devices"].Should().BeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Module_Starts_AlwaysAndAfterEdgeHub(string name)
    {
        var manifest = Manifest.Read(name);

        manifest.Gateway["restartPolicy"]!.GetValue<string>().Should().Be("always");
        var hub = manifest.Modules["$edgeAgent"]!["properties.desired"]?["systemModules"]!["edgeHub"]!["startupOrder"]!.GetValue<int>() ?? 0;
        manifest.Gateway["startupOrder"]!.GetValue<int>().Should().BeGreaterThan(hub);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Routes_LeadMessagesOfMicrocontrollersAndModuleToTheCloud(string name)
    {
        var manifest = Manifest.Read(name);
        var routes = manifest.Kind == ManifestKind.Layered
            ? manifest.Modules["$edgeHub"]!.AsObject()
            : manifest.Modules["$edgeHub"]!["properties.desired"]!["routes"]!.AsObject();

        routes.Select(r => r.Value!["route"]!.GetValue<string>()).Should().BeEquivalentTo(
            "FROM /messages/* WHERE NOT IS_DEFINED($connectionModuleId) INTO $upstream",
            "FROM /messages/modules/IdentityGateway/* INTO $upstream");
    }

    private static List<string> Texts(JsonNode? list) => [.. list?.AsArray().Select(t => t!.GetValue<string>()) ?? []];

    private static bool IsSerialRule(string rule) => rule is "c 188:* rw" or "c 166:* rw" or "c 4:* rw";

    private static RuntimeEnvironment Runtime(Manifest manifest) => RuntimeEnvironment.From(name => name switch
    {
        "IOTEDGE_IOTHUBHOSTNAME" => "contoso.azure-devices.net",
        "IOTEDGE_GATEWAYHOSTNAME" => "edge-01",
        "IOTEDGE_PARENTHOSTNAME" => manifest.IsBelow ? "edge-l4.plant.example" : null,
        "IOTEDGE_DEVICEID" => "edge-01",
        "IOTEDGE_MODULEID" => "IdentityGateway",
        "IOTEDGE_MODULEGENERATIONID" => "1",
        "IOTEDGE_WORKLOADURI" => "unix:///var/run/iotedge/workload.sock",
        "IOTEDGE_AUTHSCHEME" => "sasToken",
        _ => null,
    });

    /// <summary>As the module reads them, with the host's folder of settings and secrets elsewhere.</summary>
    private IConfigurationRoot Settings(Manifest manifest) => new ConfigurationBuilder()
        .AddInMemoryCollection(manifest.Variables.Where(v => v.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create<string, string?>(v.Key[Prefix.Length..].Replace("__", ":"), v.Value!.Replace(HostFolder, _host.Path))))
        .Build();
}
