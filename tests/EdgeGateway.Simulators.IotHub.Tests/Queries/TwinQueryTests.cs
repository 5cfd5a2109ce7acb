using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Queries;

namespace EdgeGateway.Simulators.IotHub.Tests.Queries;

public sealed class TwinQueryTests
{
    private static readonly JsonObject Document = JsonNode.Parse(
        """{"deviceId":"mcu-1","tags":{"site":"O'Hare","n":5},"properties":{"reported":{"fw":{"state":"failed","ok":false}}}}""")!.AsObject();

    [Theory]
    [InlineData("SELECT * FROM devices", true)]
    [InlineData("select * from devices where tags.n = 5", true)]
    [InlineData("SELECT * FROM devices WHERE tags.n = 6", false)]
    [InlineData("SELECT * FROM devices WHERE tags.site = 'O\\'Hare' AND properties.reported.fw.state = \"failed\"", true)]
    [InlineData("SELECT * FROM devices WHERE tags.n = 5 AND deviceId = 'other'", false)]
    [InlineData("SELECT * FROM devices WHERE properties.reported.fw.ok = false", true)]
    [InlineData("SELECT * FROM devices WHERE deviceId IN ['a', 'mcu-1']", true)]
    [InlineData("SELECT * FROM devices WHERE deviceId IN ['a']", false)]
    [InlineData("SELECT * FROM devices WHERE IS_DEFINED(tags.site)", true)]
    [InlineData("SELECT * FROM devices WHERE IS_DEFINED(tags.none)", false)]
    [InlineData("SELECT * FROM devices WHERE tags.n != 6", true)]
    [InlineData("SELECT * FROM devices WHERE tags.n <> 5", false)]
    [InlineData("SELECT * FROM devices WHERE tags.none != 6", false)]
    public void Matches_Query_AsExpected(string query, bool matches) => TwinQuery.Parse(query).Matches(Document).Should().Be(matches);

    [Theory]
    [InlineData("SELECT deviceId FROM devices", "*'deviceId'*")]
    [InlineData("SELECT * FROM jobs", "*'jobs'*devices*")]
    [InlineData("SELECT * FROM devices WHERE", "*path*")]
    [InlineData("SELECT * FROM devices WHERE a = ", "*value*")]
    [InlineData("SELECT * FROM devices WHERE a = b", "*'b'*value*")]
    [InlineData("SELECT * FROM devices WHERE a = 1 OR b = 2", "*'OR'*")]
    [InlineData("SELECT * FROM devices WHERE a = 'x", "*not part of the query language*")]
    [InlineData("DROP TABLE devices;", "*not part of the query language*")]
    public void Parse_Wrong_SaysWhere(string query, string message) =>
        FluentActions.Invoking(() => TwinQuery.Parse(query)).Should().Throw<HubRequestException>().WithMessage(message)
            .Which.Error.Should().Be(HubError.ArgumentInvalid);
}
