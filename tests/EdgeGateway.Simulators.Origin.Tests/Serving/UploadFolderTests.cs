using System.Net;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Origin.Tests.Serving;

public sealed class UploadFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Put_File_IsServedAndNothingElseIsLeft()
    {
        await using var origin = await StartAsync(uploads: true);
        using var client = new HttpClient { BaseAddress = origin.Url };

        using var stored = await client.PutAsync("image.bin", new ByteArrayContent([1, 2, 3]));

        stored.StatusCode.Should().Be(HttpStatusCode.Created);
        (await client.GetByteArrayAsync("image.bin")).Should().Equal(1, 2, 3);
        Directory.GetFileSystemEntries(_folder.Path).Should().Equal(_folder.File("image.bin"));
    }

    [Theory]
    [InlineData("..%2Fimage.bin")]
    [InlineData(".hidden")]
    public async Task Put_OtherThanAName_IsRefused(string name)
    {
        await using var origin = await StartAsync(uploads: true);
        using var client = new HttpClient { BaseAddress = origin.Url };

        using var answer = await client.PutAsync(name, new ByteArrayContent([1]));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Directory.GetFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Put_WithoutUploads_IsRefused()
    {
        await using var origin = await StartAsync(uploads: false);
        using var client = new HttpClient { BaseAddress = origin.Url };

        using var answer = await client.PutAsync("image.bin", new ByteArrayContent([1]));

        answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        Directory.GetFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private Task<OriginServer> StartAsync(bool uploads) =>
        OriginServer.StartAsync(new OriginOptions { Root = _folder.Path, Uploads = uploads });
}
