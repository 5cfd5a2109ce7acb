using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Reports;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

public sealed class ReportMessagesTests
{
    [Fact]
    public void Split_Small_IsOneMessage() =>
        ReportMessages.Split(new JsonObject { ["a"] = 1, ["b"] = 2 }).Should().ContainSingle();

    [Fact]
    public void Split_Large_CutsBetweenPropertiesWithinTheLimit()
    {
        var patch = new JsonObject();
        for (var i = 0; i < 100; i++)
        {
            patch[$"p{i}"] = new string('ö', 1500);
        }

        var messages = ReportMessages.Split(patch).ToList();

        messages.Should().OnlyContain(m => ReportMessages.Serialize(m).Length <= ReportMessages.MaxBytes);
        messages.Should().HaveCount(10, "three kilobytes each, ten to a message");
        messages.SelectMany(m => m.Select(p => p.Key)).Should().Equal(patch.Select(p => p.Key));
    }

    [Fact]
    public void Split_OnePropertyTooLarge_GetsAMessageOfItsOwn()
    {
        var patch = new JsonObject { ["a"] = 1, ["big"] = new string('x', 40_000), ["b"] = 2 };

        ReportMessages.Split(patch).Select(m => string.Join(',', m.Select(p => p.Key))).Should().Equal("a", "big", "b");
    }
}
