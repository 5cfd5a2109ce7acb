using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Tests.Mqtt;

public sealed class MqttFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$iothub/twin", false)]
    [InlineData("$iothub/twin/res/#", "$iothub/twin/res/200/?$rid=1", true)]
    public void Matches_FilterAndTopic_FollowsTheStandard(string filter, string topic, bool expected) =>
        MqttFilter.Matches(filter, topic).Should().Be(expected);
}
