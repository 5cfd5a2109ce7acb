using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Hub.Tests.Mqtt.Topics;

public sealed class HubTopicTests
{
    private static readonly Dictionary<string, string> Bag = new() { ["$.ct"] = "application/json", ["a b"] = "1&2=3" };

    public static TheoryData<HubTopic, string> Topics => new()
    {
        { new TwinGetTopic("7"), "$iothub/twin/GET/?$rid=7" },
        { new ReportedPatchTopic("a-b"), "$iothub/twin/PATCH/properties/reported/?$rid=a-b" },
        { new TwinResponseTopic(204, "7", 12), "$iothub/twin/res/204/?$rid=7&$version=12" },
        { new TwinResponseTopic(429, "7"), "$iothub/twin/res/429/?$rid=7" },
        { new DesiredPatchTopic(5), "$iothub/twin/PATCH/properties/desired/?$version=5" },
        { new MethodRequestTopic("start", "1"), "$iothub/methods/POST/start/?$rid=1" },
        { new MethodResponseTopic(200, "1"), "$iothub/methods/res/200/?$rid=1" },
        { new TelemetryTopic("d", null, Bag), "devices/d/messages/events/%24.ct=application%2Fjson&a%20b=1%262%3D3" },
        { new TelemetryTopic("d", "m", new Dictionary<string, string>()), "devices/d/modules/m/messages/events/" },
        { new CloudToDeviceTopic("d", Bag), "devices/d/messages/devicebound/%24.ct=application%2Fjson&a%20b=1%262%3D3" },
    };

    [Theory]
    [MemberData(nameof(Topics))]
    public void ToString_Topic_IsAsTheContractSays(HubTopic topic, string text) => topic.ToString().Should().Be(text);

    [Theory]
    [MemberData(nameof(Topics))]
    public void Parse_WrittenTopic_GivesTheSame(HubTopic topic, string text) =>
        HubTopic.Parse(text).Should().BeOfType(topic.GetType()).And.BeEquivalentTo(topic, o => o.RespectingRuntimeTypes().ComparingRecordsByMembers());

    [Theory]
    [InlineData("")]
    [InlineData("devices/d")]
    [InlineData("devices/d/messages/events/a/b")]
    [InlineData("$iothub/twin/GET/")]
    [InlineData("$iothub/twin/res/abc/?$rid=1")]
    [InlineData("$iothub/twin/res/200/?$version=1")]
    [InlineData("$iothub/twin/PATCH/properties/desired/?$version=x")]
    [InlineData("$iothub/methods/POST/name/?rid=1")]
    [InlineData("$iothub/methods/res/-1/?$rid=1")]
    public void Parse_ForeignTopic_GivesNull(string topic) => HubTopic.Parse(topic).Should().BeNull();
}
