using System.Net;
using EdgeGateway.Simulators.Origin.Faults;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Origin.Tests.Serving;

public sealed class FileServerTests
{
    [Fact]
    public async Task Get_WholeFile_IsServedAndCounted()
    {
        await using var origin = await OriginEnvironment.StartAsync();

        var (bytes, broken) = await origin.DownloadAsync();

        broken.Should().BeFalse();
        bytes.Should().Equal(origin.Content);
        origin.Server.Served.BytesOf(OriginEnvironment.Name).Should().Be(origin.Content.Length);
        origin.Server.Served.Requests.Should().Be(1);
    }

    [Fact]
    public async Task Get_Range_ServesAndCountsOnlyThat()
    {
        await using var origin = await OriginEnvironment.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, OriginEnvironment.Name);
        request.Headers.Range = new(1000, 1999);

        using var response = await origin.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange!.ToString().Should().Be("bytes 1000-1999/200000");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(origin.Content[1000..2000]);
        origin.Server.Served.Bytes.Should().Be(1000);
    }

    [Fact]
    public async Task Get_RangeBehindEnd_Is416()
    {
        await using var origin = await OriginEnvironment.StartAsync(size: 100);
        using var request = new HttpRequestMessage(HttpMethod.Get, OriginEnvironment.Name);
        request.Headers.Range = new(100, null);

        using var response = await origin.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        origin.Server.Served.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task Get_IfRange_ServesRangeOnlyForSameTag()
    {
        await using var origin = await OriginEnvironment.StartAsync();
        using var head = await origin.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, OriginEnvironment.Name));
        var same = new HttpRequestMessage(HttpMethod.Get, OriginEnvironment.Name);
        same.Headers.Range = new(10, 19);
        same.Headers.IfRange = new(head.Headers.ETag!);
        var other = new HttpRequestMessage(HttpMethod.Get, OriginEnvironment.Name);
        other.Headers.Range = new(10, 19);
        other.Headers.IfRange = new(new System.Net.Http.Headers.EntityTagHeaderValue("\"other\""));

        (await origin.Client.SendAsync(same)).StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await origin.Client.SendAsync(other)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Head_File_HasLengthAndNoBody()
    {
        await using var origin = await OriginEnvironment.StartAsync();

        using var response = await origin.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, OriginEnvironment.Name));

        response.Content.Headers.ContentLength.Should().Be(origin.Content.Length);
        response.Headers.AcceptRanges.Should().Contain("bytes");
        response.Headers.ETag.Should().NotBeNull();
        origin.Server.Served.Bytes.Should().Be(0);
    }

    [Theory]
    [InlineData("absent.bin")]
    [InlineData("%2e%2e/secret")]
    [InlineData("")]
    public async Task Get_NoSuchFile_Is404(string path)
    {
        await using var origin = await OriginEnvironment.StartAsync(size: 10);

        using var response = await origin.Client.GetAsync(new Uri(origin.Server.Url, path));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("404", HttpStatusCode.NotFound)]
    [InlineData("500", HttpStatusCode.InternalServerError)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    public async Task Get_FaultWithStatus_AnswersIt(string fault, HttpStatusCode status)
    {
        await using var origin = await OriginEnvironment.StartAsync(size: 10);

        using var response = await origin.Client.GetAsync($"{OriginEnvironment.Name}?fault={fault}");

        response.StatusCode.Should().Be(status);
        origin.Server.Served.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task Get_CloseAtOnce_GivesNoAnswer()
    {
        await using var origin = await OriginEnvironment.StartAsync();

        await origin.Client.Invoking(c => c.GetAsync($"{OriginEnvironment.Name}?fault=close")).Should().ThrowAsync<HttpRequestException>();

        origin.Server.Served.Bytes.Should().Be(0);
    }

    [Fact]
    public async Task Get_CloseAfter_GivesJustThoseBytesAndBreaks()
    {
        await using var origin = await OriginEnvironment.StartAsync();

        var (bytes, broken) = await origin.DownloadAsync("?fault=close&after=12345");

        broken.Should().BeTrue();
        bytes.Should().Equal(origin.Content[..12345]);
        origin.Server.Served.Bytes.Should().Be(12345);
    }

    [Fact]
    public async Task Get_Flaky_IsCompleteAfterSomeRanges()
    {
        await using var origin = await OriginEnvironment.StartAsync(fault: new Fault(FaultKind.Flaky));
        var received = new List<byte>();
        var requests = 0;
        while (received.Count < origin.Content.Length)
        {
            received.AddRange((await origin.DownloadAsync(from: received.Count)).Bytes);
            requests++;
        }

        received.Should().Equal(origin.Content);
        requests.Should().Be(4);
        origin.Server.Served.Bytes.Should().Be(origin.Content.Length);
    }

    [Theory]
    [InlineData("", 100_000)]
    [InlineData("&after=7", 7)]
    public async Task Get_Short_EndsTooEarlyWithoutBreaking(string after, int length)
    {
        await using var origin = await OriginEnvironment.StartAsync();

        var (bytes, broken) = await origin.DownloadAsync("?fault=short" + after);

        broken.Should().BeFalse();
        bytes.Should().Equal(origin.Content[..length]);
    }

    [Fact]
    public async Task Get_Long_GoesOnBehindEnd()
    {
        await using var origin = await OriginEnvironment.StartAsync();

        var (bytes, broken) = await origin.DownloadAsync("?fault=long&after=5");

        broken.Should().BeFalse();
        bytes.Should().Equal([.. origin.Content, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task Get_NoRange_AnswersWholeFile()
    {
        await using var origin = await OriginEnvironment.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, OriginEnvironment.Name + "?fault=norange");
        request.Headers.Range = new(1000, 1999);

        using var response = await origin.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.AcceptRanges.Should().BeEmpty();
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(origin.Content);
    }

    [Fact]
    public async Task Get_Slow_SendsOnePieceASecond()
    {
        var time = new VirtualTime();
        await using var origin = await OriginEnvironment.StartAsync(size: 10, time);
        using var response = await origin.Client.GetAsync(
            $"{OriginEnvironment.Name}?fault=slow&rate=4", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[10];

        (await body.ReadAsync(buffer)).Should().Be(4);
        var second = body.ReadAsync(buffer.AsMemory(4)).AsTask();
        second.IsCompleted.Should().BeFalse();
        await AdvanceASecondAsync(time);
        (await second.WaitAsync(TestLimits.Wait)).Should().Be(4);
        await AdvanceASecondAsync(time);
        (await body.ReadAsync(buffer.AsMemory(8)).AsTask().WaitAsync(TestLimits.Wait)).Should().Be(2);

        buffer.Should().Equal(origin.Content);
    }

    [Fact]
    public async Task Get_Silent_AnswersNothingUntilOriginStops()
    {
        var origin = await OriginEnvironment.StartAsync();
        var answer = origin.Client.GetAsync($"{OriginEnvironment.Name}?fault=silent");
        using var other = await origin.Client.GetAsync(OriginEnvironment.Name);

        answer.IsCompleted.Should().BeFalse();
        await origin.Server.DisposeAsync();

        await FluentActions.Awaiting(() => answer.WaitAsync(TestLimits.Wait)).Should().ThrowAsync<HttpRequestException>();
        await origin.DisposeAsync();
    }

    private static async Task AdvanceASecondAsync(VirtualTime time)
    {
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(1)); // armed after the bytes have left
        time.Advance(TimeSpan.FromSeconds(1));
    }
}
