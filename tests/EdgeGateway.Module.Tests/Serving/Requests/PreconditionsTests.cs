using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Tests.Serving.Requests;

public sealed class PreconditionsTests
{
    private const string Tag = "\"abc\"";

    [Theory]
    [InlineData("If-None-Match", "\"abc\"", 304)]
    [InlineData("If-None-Match", "\"x\", W/\"abc\"", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "\"x\"", null)]
    [InlineData("If-None-Match", "abc", null)]
    [InlineData("If-Match", "\"abc\"", null)]
    [InlineData("If-Match", "*", null)]
    [InlineData("If-Match", "W/\"abc\"", 412)]
    [InlineData("If-Match", "\"x\"", 412)]
    [InlineData("If-Modified-Since", "Sat, 01 Nov 2036 00:00:00 GMT", null)]
    public void Status_Condition_IsThatOfTheRfc(string header, string value, int? status)
    {
        var headers = new HeaderDictionary { [header] = value };

        Preconditions.Status(headers, Tag).Should().Be(status);
    }

    [Theory]
    [InlineData("\"abc\"", true)]
    [InlineData("W/\"abc\"", false)]
    [InlineData("\"x\"", false)]
    [InlineData("Sat, 01 Nov 2036 00:00:00 GMT", false)]
    public void AllowsRange_IfRange_OnlyByTheStrongTag(string value, bool allows) =>
        Preconditions.AllowsRange(new HeaderDictionary { ["If-Range"] = value }, Tag).Should().Be(allows);
}
