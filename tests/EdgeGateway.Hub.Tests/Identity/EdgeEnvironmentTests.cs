using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class EdgeEnvironmentTests
{
    private const string ConnectionString = "HostName=hub;GatewayHostName=gw;DeviceId=edge;ModuleId=gateway;SharedAccessKey=AAECAw==";

    private static readonly Dictionary<string, string?> Edge = new()
    {
        ["IOTEDGE_WORKLOADURI"] = "unix:///var/run/iotedge/workload.sock",
        ["IOTEDGE_AUTHSCHEME"] = "sasToken",
        ["IOTEDGE_MODULEGENERATIONID"] = "637",
        ["IOTEDGE_IOTHUBHOSTNAME"] = "hub",
        ["IOTEDGE_GATEWAYHOSTNAME"] = "gw",
        ["IOTEDGE_DEVICEID"] = "edge",
        ["IOTEDGE_MODULEID"] = "gateway",
    };

    [Fact]
    public void Read_NothingSet_IsNoModule() => Read([]).Should().BeNull();

    [Fact]
    public void Read_ConnectionString_GivesTheIdentity()
    {
        var identity = Read(new() { ["EdgeHubConnectionString"] = ConnectionString, ["EdgeModuleCACertificateFile"] = "/ca.pem" })!;

        identity.Identity.Should().Be(new DeviceIdentity("edge", "gateway"));
        (identity.HostName, identity.GatewayHostName).Should().Be(("hub", "gw"));
        identity.Tokens.Should().BeOfType<SharedKeyTokenProvider>();
        identity.GatewayTrust.Should().NotBeNull();
    }

    [Fact]
    public void Read_ConnectionStringInAFile_GivesTheIdentity()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("module"), ConnectionString + "\n");

        var identity = Read(new() { ["EdgeHubConnectionStringFile"] = folder.File("module") })!;

        identity.Identity.Should().Be(new DeviceIdentity("edge", "gateway"));
    }

    [Fact]
    public void Read_FileMissing_NamesVariableAndFile()
    {
        var act = () => Read(new() { ["EdgeHubConnectionStringFile"] = "/absent/module" });

        act.Should().Throw<IdentityConfigurationException>()
            .Which.Mistakes.Should().ContainSingle().Which.Should().StartWith("EdgeHubConnectionStringFile is '/absent/module', which cannot be read: ");
    }

    [Fact]
    public void Read_EdgeVariables_GivesTheIdentity()
    {
        var identity = Read(new(Edge))!;

        identity.Identity.Should().Be(new DeviceIdentity("edge", "gateway"));
        (identity.HostName, identity.GatewayHostName).Should().Be(("hub", "gw"));
        identity.Tokens.Should().BeOfType<WorkloadTokenProvider>();
        identity.GatewayTrust.Should().BeOfType<WorkloadTrustSource>();
    }

    [Fact]
    public void Read_VariablesMissingOrWrong_ListsAll()
    {
        var act = () => Read(new() { ["IOTEDGE_WORKLOADURI"] = "workload.sock", ["IOTEDGE_AUTHSCHEME"] = "x509", ["IOTEDGE_MODULEID"] = "gateway" });

        act.Should().Throw<IdentityConfigurationException>().Which.Mistakes.Should().BeEquivalentTo(
            "IOTEDGE_IOTHUBHOSTNAME is missing.",
            "IOTEDGE_DEVICEID is missing.",
            "IOTEDGE_MODULEGENERATIONID is missing.",
            "IOTEDGE_WORKLOADURI is 'workload.sock'; expected is unix:///path/to/socket or http://host:port.",
            "IOTEDGE_AUTHSCHEME is 'x509'; only 'sasToken' is known.");
    }

    [Fact]
    public void Read_ConnectionStringBroken_NamesTheVariable()
    {
        var act = () => Read(new() { ["EdgeHubConnectionString"] = "HostName=hub" });

        act.Should().Throw<IdentityConfigurationException>().Which.Mistakes.Should().OnlyContain(m => m.StartsWith("EdgeHubConnectionString: "))
            .And.HaveCount(3);
    }

    [Fact]
    public void Read_BothAndTheyContradict_SaysWhere()
    {
        var act = () => Read(new(Edge) { ["EdgeHubConnectionString"] = ConnectionString, ["IOTEDGE_DEVICEID"] = "another" });

        act.Should().Throw<IdentityConfigurationException>().WithMessage("*IOTEDGE_DEVICEID is 'another'*'edge'*must agree*");
    }

    private static ModuleIdentity? Read(Dictionary<string, string?> variables) => new EdgeEnvironment(variables.GetValueOrDefault).Read();
}
